import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, type Cmdlet, cmdlet } from '../../test/support/record-cmdlets.ts'
import { at, guid, hours, person, type RawRecord } from '../../test/support/records.ts'

const [anna, bruno, carla] = [person('anna'), person('bruno'), person('carla')]
const MAIL_SYNC = guid('mail sync')

const grant = (Identity: string, User: string, given: Cmdlet = {}, more: RawRecord = {}) =>
  cmdlet('Add-MailboxPermission', { Identity, User, AccessRights: 'FullAccess', ...more }, given)
const register = (clock = at('09:00')) =>
  cmdlet(
    'New-ServicePrincipal',
    { AppId: guid('app'), ServiceId: MAIL_SYNC, DisplayName: 'Mail sync' },
    { at: clock },
  )

const outside = (name: string) =>
  ({ term: 'outside', severity: 'high', key: [ADMIN, name], mailboxes: [anna], count: 1 }) as const

export const cases = defineCases('mailbox-permission', {
  fires: {
    'an administrator gives himself access': {
      records: [grant(anna, ADMIN)],
      expect: { term: 'self', severity: 'high', key: [ADMIN, ADMIN], mailboxes: [anna], count: 1 },
    },
    'an administrator gives himself access by his alias': {
      records: [grant(anna, 'Helen')],
      expect: { term: 'self', severity: 'high', key: [ADMIN, 'helen'] },
    },
    'a partner’s administrator, named by ids': {
      records: [
        grant(anna, bruno, { by: `tenant: ${guid('msp')}, object: ${guid('x')}`, change: { UserType: 9 } }),
      ],
      expect: { term: 'inside', actor: `tenant: ${guid('msp')}, object: ${guid('x')}` },
    },
    'an address outside': {
      records: [grant(anna, 'tom@partner.example')],
      expect: outside('tom@partner.example'),
    },
    'a look-alike that ends in the own domain': {
      records: [grant(anna, 'tom@evilbirchwood.example')],
      expect: outside('tom@evilbirchwood.example'),
    },
    'a guest of the tenant': {
      records: [grant(anna, 'tom_partner.example#EXT#@birchwood.onmicrosoft.example')],
      expect: outside('tom_partner.example#ext#@birchwood.onmicrosoft.example'),
    },
    everyone: { records: [grant(anna, 'Default')], expect: outside('default') },
    'everyone signed in': {
      records: [grant(anna, 'NT AUTHORITY\\Authenticated Users')],
      expect: outside('nt authority\\authenticated users'),
    },
    'a service principal': {
      records: [grant(anna, `ServicePrincipal_${guid('app')}`)],
      expect: outside(`serviceprincipal_${guid('app')}`),
    },
    'three mailboxes within a day': {
      records: [anna, bruno, carla].map((mailbox, n) =>
        grant(mailbox, person('dora'), { at: at('09:00') + hours(8 * n) }),
      ),
      expect: {
        term: 'mailboxes',
        severity: 'high',
        key: [ADMIN],
        count: 3,
        mailboxes: [anna, bruno, carla],
      },
    },
    'two mailboxes in a day are only two rights': {
      records: [grant(anna, person('dora')), grant(bruno, person('dora'), { at: at('09:30') })],
      expect: { term: 'inside', key: [ADMIN, person('dora')], count: 2, mailboxes: [anna, bruno] },
    },
    'the same mailbox three times is one': {
      records: ['dora', 'emil', 'fay'].map(name => grant(anna, person(name))),
      expect: { term: 'inside', key: [ADMIN, person('emil')], count: 1 },
    },
    'a third mailbox exactly a day later': {
      records: [
        grant(anna, bruno, { at: at('09:00') }),
        grant(bruno, anna, { at: at('10:00') }),
        grant(carla, bruno, { at: at('09:00', 1) }),
      ],
      expect: { term: 'inside', key: [ADMIN, bruno], mailboxes: [carla] },
    },
    'three mailboxes across midnight, three colleagues': {
      records: [
        grant(anna, person('dora'), { at: at('20:00') }),
        grant(bruno, person('emil'), { at: at('03:00', 1) }),
        cmdlet(
          'Add-RecipientPermission',
          { Identity: carla, Trustee: person('fay'), AccessRights: 'SendAs' },
          { at: at('19:59:59', 1) },
        ),
      ],
      expect: { term: 'mailboxes', key: [ADMIN], count: 3 },
    },
    'an application is registered, then gets a mailbox': {
      records: [register(), grant(anna, MAIL_SYNC, { at: at('08:59:59', 1) })],
      expect: {
        term: 'right',
        severity: 'critical',
        key: [MAIL_SYNC, 'application'],
        mailboxes: [anna],
        actor: ADMIN,
        count: 1,
      },
    },
    'an application: registered by one, given rights by another': {
      records: [register(), grant(anna, 'Mail Sync', { at: at('09:30'), by: bruno })],
      expect: { term: 'right', key: ['mail sync', 'application'] },
    },
    'an application gets a mailbox exactly a day later': {
      records: [register(), grant(anna, MAIL_SYNC, { at: at('09:00', 1) })],
      expect: { term: 'inside', key: [ADMIN, MAIL_SYNC] },
    },
    'learned domains: a stranger is a stranger': {
      learned: true,
      records: [grant(anna, 'tom@partner.example')],
      expect: outside('tom@partner.example'),
    },
  },
  quiet: {
    'the owner’s own entry': [
      grant(anna, 'NT AUTHORITY\\SELF', {}, { AccessRights: 'FullAccess, ReadPermission' }),
    ],
    'somebody on his own mailbox': [grant(ADMIN, ADMIN), grant(ADMIN, 'helen')],
    'an application is registered and given nothing': [register()],
  },
})
