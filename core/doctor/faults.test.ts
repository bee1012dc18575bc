import { describe, expect, onTestFinished, test } from 'vitest'
import { DAY, HOUR, MINUTE, type StorageRefusal, startRefusingStorage } from '../../emulator/index.ts'
import { sampleAlert } from '../../test/chain/sink.ts'
import { FeedError } from '../model/errors.ts'
import { feedReportName } from '../pipeline/poll.ts'
import { makeTeamsSink } from '../sinks/teams/sink.ts'
import { makeTables } from '../stores/tables/tables.ts'
import { atTenant, CLIENT, doubtsAbout, NOW } from './doctor.test-kit.ts'
import { MESSAGES } from './messages/index.ts'

// The ten faults that set-ups fail by. Each message says what is wrong, what we saw, who fixes it and how, how long it takes
// and what happens meanwhile.
const FIVE_PARTS = {
  what: expect.any(String),
  saw: expect.any(String),
  fix: expect.any(String),
  takes: expect.any(String),
  meanwhile: expect.any(String),
}

describe('1. consent is missing', () => {
  test('the app may not read the feed', async () => {
    const { check, tenant } = await atTenant({ roles: [] })
    expect(await check('audit-feed')).toEqual([
      {
        check: 'audit-feed',
        id: 'consent-missing',
        state: 'red',
        what: 'The app is not yet allowed to read the audit feed.',
        saw: expect.stringMatching(/^a sign-in without any permission; .*HTTP 401, AF10001/),
        fix:
          `A Privileged Role Administrator or Global Administrator opens ${tenant.url}/${tenant.tenantId}/adminconsent?client_id=${CLIENT} and presses Accept, ` +
          'or runs: waxseal grant --principal-id 2e8b6c14-7d3f-4a95-b0c1-5f9e3a7d2b68 --yes. It gives this one permission, ActivityFeed.Read, and no access to mail.',
        takes: 'A few minutes; a managed identity keeps the token it has for up to 24 hours.',
        meanwhile: 'We try again at every poll; nothing is lost for 7 days.',
      },
    ])
  })

  test('an identity has no page to accept on', async () => {
    const { check } = await atTenant({ roles: ['AuditLog.Read.All'] }, { identity: true })
    const [told] = await check('audit-feed')
    expect(told?.fix).toMatch(/Administrator runs: waxseal grant --principal-id [\w-]{36} --yes\./)
    expect(told?.fix).not.toContain('adminconsent')
  })

  test('the app is not in the tenant', async () => {
    const { check, tenant } = await atTenant({ signInError: 'AADSTS700016: Application was not found.' })
    expect(await check('sign-in')).toMatchObject([
      {
        ...FIVE_PARTS,
        id: 'app-unknown',
        state: 'red',
        what: 'The app is not known in this tenant.',
        saw: expect.stringContaining('AADSTS700016'),
        fix: expect.stringContaining(
          `/${tenant.tenantId}/adminconsent?client_id=${CLIENT} and presses Accept`,
        ),
      },
    ])
  })
})

describe('2. auditing is off', () => {
  test('the cloud was looked up, so it is that', async () => {
    const { check } = await atTenant({ state: 'auditing-off' })
    expect(await check('audit-feed')).toEqual([
      {
        ...MESSAGES['audit-off'],
        id: 'audit-off',
        what: 'Your organisation is not recording activity.',
        saw: expect.stringMatching(/AF20011: "Tenant .* does not exist"/),
        takes: 'Up to 60 minutes.',
        meanwhile: 'Activity before that was never recorded and cannot be recovered.',
      },
    ])
  })

  test('where the cloud could not be looked up, both causes are named', async () => {
    const { check } = await atTenant({ state: 'auditing-off' }, { authorities: ['http://127.0.0.1:9'] })
    expect(await check('audit-feed')).toMatchObject([{ ...FIVE_PARTS, id: 'audit-off-or-cloud' }])
    expect(await check('cloud')).toMatchObject([{ id: 'cloud-unknown', state: 'unknown' }])
  })
})

describe('3. a subscription does not run', () => {
  test('nobody has subscribed', async () => {
    const { check, tenant } = await atTenant()
    expect(await check('subscription')).toMatchObject([
      { ...FIVE_PARTS, id: 'subscription-absent', state: 'yellow', about: 'Audit.Exchange' },
    ])
    expect(tenant.audit().calls.start).toBeUndefined()
  })

  test('with --fix it is started, and stays yellow until records can be there', async () => {
    const { check, clock } = await atTenant()
    const started = {
      id: 'subscription-started',
      state: 'yellow',
      what: 'Audit.Exchange was not being collected; we started it at 10:14 UTC.',
      fix: 'Nobody: wait. Please do not start it again, Microsoft wants 15 minutes between attempts.',
      takes:
        'Microsoft can take up to 12 hours for the first records; this stays yellow until about 22:14 UTC.',
    }
    expect(await check('subscription', { fix: true })).toMatchObject([started])
    clock.advance(3 * HOUR)
    expect(await check('subscription')).toMatchObject([started])
    clock.advance(9 * HOUR)
    expect(await check('subscription')).toMatchObject([{ id: 'subscription-runs', state: 'green' }])
  })

  test('it is green as soon as something has come', async () => {
    const { check, deps, seconds } = await atTenant()
    await check('subscription', { fix: true })
    await deps.state.write(feedReportName('Audit.Exchange'), {
      ...{ feed: 'Audit.Exchange', at: seconds(), queued: 1, listedOk: seconds() },
      newestBlob: '2026-11-20T10:10:00Z',
    })
    expect(await check('subscription')).toMatchObject([{ id: 'subscription-runs' }])
  })

  test('an administrator switched it off', async () => {
    const { check, subscribe, tenant } = await atTenant()
    await subscribe()
    tenant.disable('Audit.Exchange')
    expect(await check('subscription')).toMatchObject([
      {
        ...FIVE_PARTS,
        id: 'subscription-disabled',
        state: 'yellow',
        what: 'An administrator switched Audit.Exchange off. Was that intended?',
        saw: 'Microsoft lists it as disabled',
      },
    ])
  })
})

describe('4. the cloud is the wrong one', () => {
  test.each([
    ['gcc-high', 'worldwide'],
    ['dod', 'worldwide'],
    ['gcc', 'worldwide'],
    ['worldwide', 'gcc-high'],
  ] as const)('the tenant is in %s, and M365_CLOUD says %s', async (found, set) => {
    const { check, examine } = await atTenant({ cloud: found, state: 'auditing-off' }, { cloud: set })
    expect(await check('cloud')).toEqual([
      {
        check: 'cloud',
        id: 'cloud-wrong',
        state: 'red',
        what: `The tenant lives in the cloud "${found}", but M365_CLOUD says "${set}".`,
        saw: expect.stringMatching(/^its public sign-in document: (EU|NA|USGov), /),
        fix: `Whoever runs Waxseal sets M365_CLOUD to ${found} and runs this again.`,
        takes: 'At once.',
        meanwhile:
          'Nothing is watched: the servers of another cloud only ever say that the tenant does not exist.',
      },
    ])
    expect((await examine()).checks.filter(one => one.check === 'audit-feed')).toEqual([])
  })

  test('no cloud knows the tenant', async () => {
    const { check, tenant } = await atTenant({ cloud: 'absent' })
    expect(await check('cloud')).toMatchObject([
      { ...FIVE_PARTS, id: 'tenant-absent', what: `No cloud of Microsoft knows tenant ${tenant.tenantId}.` },
    ])
  })
})

describe('5. Teams does not get the cards', () => {
  test.each([
    [
      'https://birchwood.webhook.office.com/webhookb2/1',
      'teams-retired',
      'red',
      'it is an Office 365 connector',
    ],
    [
      'https://prod-12.westeurope.logic.azure.com/workflows/1?sig=2',
      'teams-old-address',
      'yellow',
      '30 November 2025',
    ],
    ['https://flows.example/workflows/1', 'teams-signed-in', 'yellow', 'no "sig" part'],
  ])('the address %s is doubtful by its form', async (address, id, state, words) => {
    const { check } = await atTenant(
      {},
      { doubts: doubtsAbout(address), ...(id === 'teams-retired' && { sinks: [] }) },
    )
    const [told, ...more] = await check('receiver')
    expect(told).toMatchObject({ ...FIVE_PARTS, id, state, what: expect.stringContaining(words) })
    expect(more.filter(one => one.state === 'red')).toEqual([])
  })

  test('the workflow is gone', async () => {
    const { check, tenant } = await atTenant({}, { sinks: [] })
    const gone = makeTeamsSink({
      url: tenant.teamsUrl.replace('/teams/', '/teams/old'),
      now: () => NOW / 1000,
    })
    const { check: again } = await atTenant({}, { sinks: [gone] })
    expect(await check('receiver')).toMatchObject([{ ...FIVE_PARTS, id: 'receiver-none', state: 'yellow' }])
    expect(await again('receiver', { card: async () => '5500' })).toMatchObject([
      {
        ...FIVE_PARTS,
        id: 'receiver-refuses',
        state: 'red',
        saw: expect.stringMatching(/answered 404 \(WorkflowNotFound\): there is no such workflow any more/),
        what: 'Teams does not take our alerts: the address is wrong, or the workflow was switched off or deleted.',
      },
    ])
  })

  test('what earlier deliveries met is told without sending anything', async () => {
    const { check, deps, seconds, tenant } = await atTenant()
    expect(await check('receiver')).toMatchObject([{ id: 'receiver-untried', state: 'unknown' }])
    await deps.outbox.add('teams', sampleAlert('one'), seconds())
    const stored = await deps.outbox.get('teams', sampleAlert('one').id)
    if (stored === undefined) throw new Error('not kept')
    await deps.outbox.update(stored, { state: 'parked', problem: 'flows.example answered 401: sign in.' })
    expect(await check('receiver')).toMatchObject([
      { ...FIVE_PARTS, id: 'receiver-refuses', saw: 'flows.example answered 401: sign in.' },
    ])
    expect(tenant.cards()).toEqual([])
  })

  test.each([
    ['5500', 'card-shown', 'green'],
    [' 5500 ', 'card-shown', 'green'],
    ['1234', 'card-not-shown', 'red'],
    ['', 'card-not-shown', 'red'],
    [undefined, 'card-unconfirmed', 'unknown'],
  ])('a card with a code is sent, and "%s" is typed', async (typed, id, state) => {
    const { check, tenant } = await atTenant()
    expect(await check('receiver', { card: async () => typed })).toMatchObject([{ id, state }])
    expect(JSON.stringify(tenant.cards())).toContain('The code is 5500')
  })
})

describe('6. the clock is wrong', () => {
  test.each([
    [11 * MINUTE, '11 minutes slow'],
    [-90 * MINUTE, '1 h 30 min fast'],
  ])('by %i ms', async (dateSkewMs, words) => {
    const { check } = await atTenant({
      dateSkewMs,
      signInError: 'AADSTS700024: Client assertion is not within its valid time range.',
    })
    expect(await check('clock')).toEqual([
      {
        check: 'clock',
        id: 'clock-wrong',
        state: 'red',
        what: `This computer's clock is ${words}.`,
        saw: expect.stringMatching(
          /^the server says 2026-11-20T\d\d:\d\d:00Z, this computer 2026-11-20T10:14:00Z$/,
        ),
        fix: 'Whoever looks after this computer switches on automatic time; then run this again.',
        takes: 'At once.',
        meanwhile:
          'Sign-in with a certificate fails beyond 5 minutes, and times on cards are wrong. A deployment in Azure has its own clock and is not affected.',
      },
    ])
    expect(await check('sign-in')).toEqual([])
  })

  test('a minute is nothing, and Azure keeps its own time', async () => {
    expect(await (await atTenant({ dateSkewMs: MINUTE })).check('clock')).toMatchObject([{ state: 'green' }])
    const { check } = await atTenant({ dateSkewMs: HOUR }, { deployed: true })
    expect(await check('clock')).toMatchObject([{ state: 'green' }])
  })
})

describe('7. a mailbox reports no reads', () => {
  const at = (days: number) => (NOW - days * DAY) / 1000
  const mail = (mailbox: string, operation: string, days: number) => ({ mailbox, operation, at: at(days) })

  test('it is named, with the commands to look and to mend', async () => {
    const { check, deps } = await atTenant()
    await deps.mailboxes.note([
      mail('amara@birchwood.example', 'MailItemsAccessed', 1),
      mail('board@birchwood.example', 'Send', 20),
      mail('board@birchwood.example', 'Send', 1),
      mail('info@birchwood.example', 'MailItemsAccessed', 30),
      mail('info@birchwood.example', 'Send', 2),
      mail('left@birchwood.example', 'Send', 40),
      mail('new@birchwood.example', 'Send', 3),
    ])
    expect(await check('mail-reads')).toEqual([
      {
        check: 'mail-reads',
        id: 'reads-missing',
        state: 'yellow',
        what: '2 of 4 mailboxes never report who reads their mail (14 days): board@birchwood.example, info@birchwood.example.',
        saw: '1 of 4 mailboxes with recorded reads in 14 days',
        fix: expect.stringMatching(
          /Get-Mailbox board@birchwood\.example \| Format-List AuditEnabled,DefaultAuditSet.*Set-Mailbox board@birchwood\.example -AuditEnabled \$true.*-DefaultAuditSet Admin,Delegate,Owner/,
        ),
        takes: 'Up to 24 hours; it turns green with the first read that is recorded.',
        meanwhile: 'Of these we see rules, forwarding and sign-ins, but not bulk reading.',
      },
    ])
  })

  test('in the first two weeks nothing is said against anybody', async () => {
    const { check, deps } = await atTenant()
    await deps.mailboxes.note([mail('board@birchwood.example', 'Send', 3)])
    expect(await check('mail-reads')).toMatchObject([{ id: 'reads-too-early', state: 'unknown' }])
    await deps.mailboxes.note([mail('board@birchwood.example', 'MailItemsAccessed', 2)])
    expect(await check('mail-reads')).toMatchObject([{ id: 'reads-reported', state: 'green' }])
  })
})

describe('8. storage refuses', () => {
  test.each<[StorageRefusal, string, string]>([
    ['AuthorizationFailure', 'storage-firewall', 'lets the network of this function app in'],
    ['AuthorizationPermissionMismatch', 'storage-role', 'Storage Table Data Contributor'],
    ['AuthenticationFailed', 'storage-denied', 'its key'],
  ])('%s', async (code, id, words) => {
    const storage = await startRefusingStorage(code)
    onTestFinished(storage.stop)
    const { check, examine } = await atTenant({}, { tables: makeTables(storage), deployed: true })
    expect(await check('storage')).toMatchObject([
      {
        ...FIVE_PARTS,
        id,
        state: 'red',
        what: expect.stringMatching(
          /^We cannot save where we stopped reading, so we stopped on purpose rather than send you doubles\. /,
        ),
        saw: expect.stringContaining(`403 ${code}`),
        fix: expect.stringContaining(words),
        meanwhile: 'Nothing is read; nothing is lost for 7 days.',
      },
    ])
    // What storage would have told is not made up, and the rest is looked at.
    const { checks } = await examine()
    expect(checks.filter(({ check: name }) => ['polling', 'pace', 'mail-reads'].includes(name))).toEqual([])
    expect(checks.find(({ check: name }) => name === 'audit-feed')).toMatchObject({ state: 'green' })
  })
})

describe('9. Microsoft asks us to slow down', () => {
  test('our own question was refused', async () => {
    const { examine } = await atTenant({
      faults: { seed: 1, faults: [{ kind: 'throttle', on: ['list'], permanent: true }] },
    })
    const { checks } = await examine()
    expect(checks.filter(({ check }) => check === 'pace')).toMatchObject([
      {
        ...FIVE_PARTS,
        id: 'throttled',
        state: 'yellow',
        what: 'Microsoft asked us to slow down.',
        saw: expect.stringContaining('AF429'),
        fix: 'Nobody: we do. If it repeats daily, look for a second collector on the tenant, such as a SIEM or a second copy of Waxseal.',
        meanwhile: 'No records are lost; cards come late.',
      },
    ])
    expect(checks.filter(({ check }) => check === 'audit-feed')).toEqual([])
  })

  test('the last poll was refused: how far behind, and until when', async () => {
    const { check, deps, seconds } = await atTenant()
    const blob = (id: string, minutesAgo: number) => ({
      ...{ feed: 'Audit.Exchange', id, uri: `https://manage.example/${id}`, expires: undefined },
      created: new Date(NOW - minutesAgo * MINUTE).toISOString(),
    })
    const blobs = [blob('a', 130), blob('b', 60), blob('c', 50), blob('d', 40)]
    await deps.ledger.listed('Audit.Exchange', blobs, seconds())
    const last = await deps.ledger.find(blob('d', 40), seconds())
    await deps.ledger.end('Audit.Exchange', [{ ...last, state: 'done', endedAt: seconds() - 60 }])
    const problem = { kind: 'throttled', code: 'AF429', message: 'Microsoft asks us to slow down: AF429.' }
    const report = { feed: 'Audit.Exchange', at: seconds(), queued: 0, listedOk: seconds() - 7800 }
    await deps.state.write(feedReportName('Audit.Exchange'), { ...report, problem })
    expect(await check('pace')).toMatchObject([
      {
        id: 'throttled',
        saw: 'at 10:14 UTC: Microsoft asks us to slow down: AF429.; 3 packages of records wait, the oldest for 2 h 10 min',
        takes: 'At the pace of the last hour, caught up by about 13:14 UTC.',
      },
    ])
    await deps.state.write(feedReportName('Audit.Exchange'), report)
    expect(await check('pace')).toMatchObject([
      {
        id: 'pace-behind',
        what: 'The reading is behind: 3 packages of records wait, the oldest for 2 h 10 min.',
      },
    ])
    expect(await check('polling')).toMatchObject([
      {
        ...FIVE_PARTS,
        id: 'poll-stopped',
        state: 'red',
        what: 'The listing of Audit.Exchange has not come to its end for 2 h 10 min.',
      },
    ])
  })
})

describe('10. the password ends', () => {
  const ends = (days: number) => ({ secret: { kind: 'known', ends: (NOW + days * DAY) / 1000 } }) as const

  test('it has expired', async () => {
    const { check } = await atTenant({
      signInError: 'AADSTS7000222: The provided client secret keys are expired.',
    })
    expect(await check('sign-in')).toMatchObject([
      {
        ...FIVE_PARTS,
        id: 'secret-expired',
        state: 'red',
        what: "The app's password has expired, and we are blind since then.",
        meanwhile: 'Nothing is read. Once it is renewed, the records of the last 7 days are fetched.',
      },
    ])
  })

  test('the id was pasted instead of the value', async () => {
    const { check } = await atTenant({ signInError: 'AADSTS7000215: Invalid client secret provided.' })
    expect(await check('sign-in')).toMatchObject([
      { ...FIVE_PARTS, id: 'secret-wrong', fix: expect.stringContaining('value, not its id') },
    ])
  })

  test.each([
    [31, 'secret-good', 'green', "The app's password is good until 2026-12-21."],
    [29, 'secret-expires', 'yellow', "The app's password ends on 2026-12-19, in 29 days."],
    [1, 'secret-expires', 'yellow', "The app's password ends on 2026-11-21, in 1 day."],
    [-1, 'secret-past', 'red', "The app's password ended on 2026-11-19, as CLIENT_SECRET_EXPIRES says."],
  ])('in %i days', async (days, id, state, what) => {
    expect(await (await atTenant({}, ends(days))).check('secret')).toMatchObject([{ id, state, what }])
  })

  test('nobody has noted when', async () => {
    const { check } = await atTenant({}, { secret: { kind: 'unknown' } })
    expect(await check('secret')).toMatchObject([
      { ...FIVE_PARTS, id: 'secret-date-unknown', state: 'yellow' },
    ])
  })
})

test('a feed that never was listed to its end is told, whatever the others do', async () => {
  const { check, deps, seconds } = await atTenant({}, { contentTypes: ['Audit.Exchange', 'Audit.General'] })
  const feeds = deps.feeds.flatMap(feed => [feed, { ...feed, id: 'Audit.General' }])
  const both = await atTenant({}, { ...deps, feeds })
  await deps.state.write(feedReportName('Audit.Exchange'), { feed: 'Audit.Exchange', listedOk: seconds() })
  expect(await check('polling')).toMatchObject([{ id: 'poll-runs' }])
  await deps.state.write(feedReportName('Audit.General'), { feed: 'Audit.General', at: seconds() })
  expect(await both.check('polling')).toMatchObject([
    { id: 'poll-stopped', what: 'The listing of Audit.General has not come to its end so far.' },
  ])
})

describe('what nobody knows', () => {
  test('a machine without a credential is told so', async () => {
    const none = 'CredentialUnavailableError: EnvironmentCredential is unavailable.'
    const { check } = await atTenant({ signInError: none })
    expect(await check('sign-in')).toMatchObject([{ ...FIVE_PARTS, id: 'credential-none', state: 'red' }])
  })

  test('an unknown AADSTS code shows its raw text', async () => {
    const { check } = await atTenant({ signInError: 'AADSTS530099: The moon is in the wrong house.' })
    expect(await check('sign-in')).toMatchObject([
      {
        id: 'sign-in-refused',
        state: 'red',
        saw: expect.stringContaining('AADSTS530099: The moon is in the wrong house.'),
      },
    ])
  })

  test('an unknown AF code shows its raw text', async () => {
    const raw = new FeedError('rejected', 'The server refuses: HTTP 418, AF30418: "The pot is hot".')
    const http = { send: async () => Promise.reject(raw) }
    const { check } = await atTenant({}, { http })
    expect(await check('audit-feed')).toMatchObject([
      { id: 'feed-refused', state: 'red', saw: expect.stringContaining('AF30418: "The pot is hot"') },
    ])
  })
})
