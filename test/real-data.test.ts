import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { makeJudge } from '../cli/replay/judge.ts'
import { detections } from '../core/detections/index.ts'
import { directoryAuditBody } from '../core/feeds/graph/directory-audits.ts'
import { makeParser } from '../core/feeds/normalise/parse.ts'
import type { Finding } from '../core/model/finding.ts'
import { operationKey } from '../core/model/operations.ts'
import { isObject, list, lower } from '../core/model/values.ts'
import { asManagementRecord } from './support/diagnostic.ts'
import type { RawRecord } from './support/records.ts'

/** Public collections of records, kept beside the repository by those who work on it. */
const DATA = join(import.meta.dirname, '..', '..', 'shared', 'data')
const TENANT = 'public'

const SPLUNK = 'splunk__security_content/records_o365.jsonl'
const SPLUNK_SAMPLES = 'splunk__security_content/data_sources_example_logs.jsonl'
const SPLUNK_DIAGNOSTIC = 'splunk__security_content/records_entra_diagnostic.jsonl'
const SIMULAND = 'OTRF__Security-Datasets/GoldenSAMLADFSMailAccess/AADAuditEvents.json'
const PANTHER = 'panther-labs__panther-analysis/rule_tests.jsonl'
const PLASO = 'log2timeline__plaso/test_data/jsonl/microsoft_audit_log.jsonl'

function skipWithout(path: string, ctx: TestContext): void {
  if (!existsSync(path)) ctx.skip('the public collections (../shared/data) are not on this machine')
}

function files(): string[] {
  return readdirSync(DATA, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.jsonl?$/.test(name))
    .sort()
}

/** What a file holds: a JSON value a line, or one over many lines. */
function entries(name: string): unknown[] {
  const text = readFileSync(join(DATA, name), 'utf8')
  const lines = text.split('\n').filter(line => line.trim() !== '')
  try {
    return lines.map(line => JSON.parse(line))
  } catch {
    return [JSON.parse(text)]
  }
}

/** The record inside a collection's own wrapper. */
function unwrapped(entry: unknown): unknown {
  return isObject(entry) ? (entry.record ?? entry.sample ?? entry) : entry
}

/** What a replay tells. `domains`: the tenant's own, where somebody listed them. */
function findings(raws: readonly unknown[], domains: readonly string[] = []): Finding[] {
  const parse = makeParser(TENANT)
  const judge = makeJudge(detections, domains)
  for (const raw of raws) {
    const { record } = parse(raw)
    if (record !== undefined) judge.add(record)
  }
  const verdict = judge.finish()
  expect(verdict.failures.size).toBe(0)
  return verdict.findings.map(({ finding }) => finding)
}

const told = (raws: readonly unknown[], domains?: readonly string[]) =>
  findings(raws, domains).map(({ detection, term }) => `${detection}: ${term}`)

describe('records of real tenants', () => {
  it('are read, or rejected with a reason', ctx => {
    skipWithout(DATA, ctx)
    const parse = makeParser(TENANT)
    const outcomes = files().map(name => ({
      name,
      parsed: entries(name).map(entry => parse(unwrapped(entry))),
    }))
    for (const { name, parsed } of outcomes)
      for (const { record, rejected } of parsed)
        if (record === undefined) expect(rejected, name).toMatch(/^(?:not-an-object|no-operation|no-time)$/)
    const read = (name: string) => outcomes.find(outcome => outcome.name === name)?.parsed ?? []
    expect(read(SPLUNK).length).toBeGreaterThan(10)
    // One of them says second 65.
    expect(read(SPLUNK).flatMap(({ rejected }) => rejected ?? [])).toEqual(['no-time'])
  })

  it('of a script over EWS are told', ctx => {
    skipWithout(join(DATA, SPLUNK), ctx)
    const scripts = entries(SPLUNK).filter(raw => JSON.stringify(raw).includes('python-requests'))
    expect(scripts.length).toBe(1)
    expect(findings(scripts)).toMatchObject([
      { detection: 'suspicious-client', term: 'library', key: [expect.any(String), 'python-requests'] },
    ])
  })

  it('of sign-ins tell their session, client and outcome', ctx => {
    skipWithout(join(DATA, SPLUNK), ctx)
    const parse = makeParser(TENANT)
    const signIns = [SPLUNK, PANTHER].flatMap(name =>
      entries(name)
        .flatMap(entry => parse(unwrapped(entry)).record ?? [])
        .filter(({ recordType }) => recordType === 15),
    )
    const told = signIns.map(({ client, operation, session, succeeded }) => ({
      operation,
      succeeded,
      client: client?.name,
      inSession: session !== undefined,
    }))
    const mac = { client: 'Chrome on a Mac, iPhone or iPad', inSession: false }
    expect(told).toEqual([
      { operation: 'UserLoggedIn', succeeded: true, client: 'Firefox on Windows', inSession: true },
      { operation: 'UserLoginFailed', succeeded: false, ...mac },
      { operation: 'UserLoggedIn', succeeded: true, ...mac },
    ])
  })

  it('of inbox rules are told as their authors expect', ctx => {
    skipWithout(join(DATA, PANTHER), ctx)
    const judged = entries(PANTHER).flatMap(entry => {
      const raw = unwrapped(entry)
      if (!isObject(entry) || !isObject(raw)) return []
      const rule = /-inboxrule$/.test(lower(raw.operation ?? raw.Operation) ?? '')
      return rule
        ? [
            {
              expected: entry.expected,
              rules: findings([raw])
                .map(({ detection }) => detection)
                .sort(),
            },
          ]
        : []
    })
    expect(judged.filter(({ expected }) => expected === true).length).toBeGreaterThanOrEqual(2)
    expect(judged.filter(({ expected }) => expected === false).length).toBe(1)
    for (const { expected, rules } of judged)
      expect(rules.filter(id => id !== 'hiding-rule')).toEqual(
        expected === true ? ['inbox-rule-forwarding'] : [],
      )
  })

  it.for([
    ['External Organization Forwarding', ['mailbox-forwarding: outside-and-hidden']],
    ['Invalid Identity Format', ['mailbox-forwarding: outside-and-hidden']],
    ['Missing Organization Name', ['mailbox-forwarding: outside-and-hidden']],
    ['Similar Domain Forwarding (External)', ['mailbox-forwarding: outside']],
    ['Internal Organization Forwarding', []],
    ['Non-Com TLD Organization', []],
    // A sub-domain is the firm's own for its authors; for us where it is listed.
    ['Subdomain Forwarding (Internal)', ['mailbox-forwarding: outside']],
  ] as const)(
    'of forwarding set on a mailbox are told, with its domains listed just as their authors expect: %s',
    ([name, expected], ctx) => {
      skipWithout(join(DATA, PANTHER), ctx)
      const tests = entries(PANTHER)
        .filter(isObject)
        .filter(({ rule, test }) => rule === 'Microsoft365.Exchange.External.Forwarding' && test === name)
      expect(tests).toHaveLength(1)
      const [test] = tests
      const raw = unwrapped(test)
      expect(isObject(raw) && raw.operation).toBe('Set-Mailbox')
      expect(told([raw])).toEqual(expected)
      const listed = ['simpsons.com', 'springfield.simpsons.com', 'justice.org']
      expect(told([raw], listed).length > 0).toBe(test?.expected)
    },
  )

  describe('of cmdlets and folders', () => {
    const exchange = (operation: string, ctx: TestContext): RawRecord => {
      skipWithout(join(DATA, SPLUNK), ctx)
      const found = entries(SPLUNK)
        .map(unwrapped)
        .filter(isObject)
        .filter(raw => raw.Operation === operation)
      expect(found).toHaveLength(1)
      return found[0] ?? {}
    }

    it('tell of full access to a mailbox', ctx => {
      const grant = exchange('Add-MailboxPermission', ctx)
      expect(findings([grant])).toMatchObject([
        { detection: 'mailbox-permission', term: 'inside', notes: ['full access'] },
      ])
    })

    it('are quiet about the same by Exchange’s own process', ctx => {
      skipWithout(join(DATA, PLASO), ctx)
      const grant = exchange('Add-MailboxPermission', ctx)
      const system = entries(PLASO)
        .filter(isObject)
        .filter(({ UserType }) => UserType === 3)
      expect(system.length).toBeGreaterThan(2)
      expect(told(system)).toEqual([])
      const { UserId, UserKey, UserType } = system[0] ?? {}
      expect(told([{ ...grant, UserId, UserKey, UserType }])).toEqual([])
      expect(told([{ ...grant, UserId, UserKey, UserType: 2 }])).toEqual(['mailbox-permission: inside'])
    })

    it('are quiet about a right that is taken away', ctx => {
      const grant = exchange('Add-MailboxPermission', ctx)
      expect(told([{ ...grant, Operation: 'Remove-MailboxPermission' }])).toEqual([])
    })

    it('are quiet about forwarding that is taken out, and tell of it with an address in its place', ctx => {
      const emptied = exchange('Set-Mailbox', ctx)
      expect(told([emptied])).toEqual([])
      const filled = list(emptied.Parameters).map(parameter =>
        isObject(parameter) && parameter.Name === 'ForwardingAddress'
          ? { Name: 'ForwardingSmtpAddress', Value: 'smtp:copy@harvest.example' }
          : parameter,
      )
      expect(told([{ ...emptied, Parameters: filled }])).toEqual(['mailbox-forwarding: outside'])
    })

    it('are quiet about an inbox whose owner shows everyone when he is busy, and tell of more', ctx => {
      const shared = exchange('ModifyFolderPermissions', ctx)
      expect(told([shared])).toEqual([])
      const item = isObject(shared.Item) ? shared.Item : {}
      const parent = isObject(item.ParentFolder) ? item.ParentFolder : {}
      expect(parent).toMatchObject({ MemberUpn: 'Everyone', MemberRights: 'FreeBusySimple' })
      const opened = { ...item, ParentFolder: { ...parent, MemberRights: 'ReadAny, Visible' } }
      expect(told([{ ...shared, Item: opened }])).toEqual(['folder-sharing: open'])
    })
  })

  describe('about applications and domains', () => {
    /** Management records as they are; those of the other dialect in a Management record's clothes. */
    const directory = (file: string, operation: string, ctx: TestContext): RawRecord[] => {
      skipWithout(join(DATA, file), ctx)
      const found = entries(file)
        .map(entry => asManagementRecord(unwrapped(entry)) ?? unwrapped(entry))
        .filter(isObject)
        .filter(raw => operationKey(String(raw.Operation)) === operationKey(operation))
      expect(found.length).toBeGreaterThan(0)
      return found
    }
    const ASSIGNED = 'Add app role assignment to service principal'
    const CONSENT = 'Consent to application'
    const GRANT = 'Add delegated permission grant'
    const SECRETS = 'Update application – Certificates and secrets management'

    it.for([
      [ASSIGNED, SPLUNK, 'mail-app-role: all-mail'],
      [ASSIGNED, SPLUNK_DIAGNOSTIC, 'mail-app-role: all-mail'],
      [GRANT, SIMULAND, 'consent-mail-scopes: everybody'],
      [SECRETS, SIMULAND, 'app-credential: first'],
      ['Update application', SPLUNK, 'app-hijack-preparation: changed'],
      ['Update application', SPLUNK_DIAGNOSTIC, 'app-hijack-preparation: changed'],
      ['Update application', SIMULAND, 'app-hijack-preparation: changed'],
      ['Add owner to application', SPLUNK, 'app-hijack-preparation: changed'],
      ['Update authorization policy', SPLUNK, 'app-hijack-preparation: consent-policy'],
      ['Add unverified domain', SPLUNK_DIAGNOSTIC, 'domain-trust: domain'],
      [CONSENT, SPLUNK_DIAGNOSTIC, 'consent-blocked: refused'],
    ] as const)('tell of "%s" in %s: %s', ([operation, file, expected], ctx) => {
      expect(told(directory(file, operation, ctx))).toEqual([expected])
    })

    it.for([
      [ASSIGNED, SPLUNK, 'full_access_as_app'],
      [ASSIGNED, SPLUNK_DIAGNOSTIC, 'full_access_as_app'],
      [GRANT, SIMULAND, 'Mail.ReadWrite'],
      [SECRETS, SIMULAND, 'secret'],
    ] as const)('name what "%s" in %s is about: %s', ([operation, file, right], ctx) => {
      const [finding] = findings(directory(file, operation, ctx))
      expect(finding?.notes.join()).toContain(right)
    })

    it('do not count a consent that was refused as one', ctx => {
      const refused = findings(directory(SPLUNK_DIAGNOSTIC, CONSENT, ctx))
      expect(refused).toMatchObject([{ detection: 'consent-blocked', severity: 'low' }])
    })

    it('tell of a consent to mail, had it not been refused', ctx => {
      const accepted = directory(SPLUNK_DIAGNOSTIC, CONSENT, ctx).map(raw => ({
        ...raw,
        ResultStatus: 'Success',
        ModifiedProperties: list(raw.ModifiedProperties).filter(
          property => isObject(property) && property.Name !== 'MethodExecutionResult.',
        ),
      }))
      expect(told(accepted)).toEqual(['consent-mail-scopes: mail'])
    })

    it('are quiet about a consent to User.Read, and about what is taken away', ctx => {
      expect(told(directory(SPLUNK, CONSENT, ctx))).toEqual([])
      const removed = (raw: RawRecord) => ({ ...raw, Operation: 'Remove delegated permission grant.' })
      expect(told(directory(SIMULAND, GRANT, ctx).map(removed))).toEqual([])
      const swapped = (raw: RawRecord) => ({
        ...raw,
        ModifiedProperties: list(raw.ModifiedProperties).map(property =>
          isObject(property)
            ? { ...property, NewValue: property.OldValue, OldValue: property.NewValue }
            : property,
        ),
      })
      expect(told(directory(SIMULAND, SECRETS, ctx).map(swapped))).toEqual([])
      expect(told(directory(SIMULAND, GRANT, ctx).map(swapped))).toEqual([])
    })

    it.for([
      ['Azure.Audit.DomainSettingsModified', 'domain-trust'],
      ['Azure.Audit.ServicePrincipalCredentialsAdded', 'app-credential'],
    ] as const)('are judged as the authors of %s expect: %s', ([rule, detection], ctx) => {
      skipWithout(join(DATA, PANTHER), ctx)
      const tests = entries(PANTHER)
        .filter(isObject)
        .filter(test => test.rule === rule)
      expect(tests.length).toBeGreaterThanOrEqual(2)
      for (const test of tests) {
        const found = findings([asManagementRecord(unwrapped(test))]).some(one => one.detection === detection)
        expect(found, String(test.test)).toBe(test.expected)
      }
    })
  })

  it('of one change are one event, whichever feed they come from', ctx => {
    skipWithout(join(DATA, SPLUNK_DIAGNOSTIC), ctx)
    const parse = makeParser(TENANT)
    const managed = entries(SPLUNK).flatMap(raw => parse(raw).record ?? [])
    const graphed = entries(SPLUNK_DIAGNOSTIC).flatMap(raw => {
      const entry = isObject(raw) ? raw.properties : undefined
      return parse(directoryAuditBody(entry)).record ?? []
    })
    expect(graphed.length).toBeGreaterThan(5)
    const both = graphed.filter(({ event }) => managed.some(record => record.event === event))
    expect(both.map(({ operation }) => operation).sort()).toEqual([
      'Add app role assignment to service principal',
      'Add service principal',
      'Update authorization policy',
    ])
    for (const { event, at } of both)
      expect(managed.find(record => record.event === event)).toMatchObject({ at })
  })

  it('raise nothing else', ctx => {
    skipWithout(DATA, ctx)
    const samples = [
      'app-hijack-preparation: changed',
      'app-hijack-preparation: changed',
      'app-hijack-preparation: consent-policy',
      'directory-role: member',
      'mail-app-role: all-mail',
      'mailbox-permission: inside',
      // Of one tenant, months apart: what the month before did not see is new.
      'new-client-app: elsewhere',
      'new-client-app: tenant',
      'suspicious-client: library',
    ]
    const known: Readonly<Record<string, readonly string[]>> = {
      [SPLUNK]: samples,
      [SPLUNK_SAMPLES]: samples,
      // One of the forwards is to a sub-domain, which its authors count as the firm's own and we only where it is listed.
      [PANTHER]: [
        'forwarding-fan-in: outside',
        'hiding-rule: likely',
        'inbox-rule-forwarding: outside-and-hidden',
        'inbox-rule-forwarding: outside-and-hidden',
        'mailbox-forwarding: outside',
        'mailbox-forwarding: outside',
        'mailbox-forwarding: outside-and-hidden',
        'mailbox-forwarding: outside-and-hidden',
        'mailbox-forwarding: outside-and-hidden',
      ],
    }
    for (const name of files())
      expect(told(entries(name).map(unwrapped)).sort(), name).toEqual([...(known[name] ?? [])].sort())
  })
})
