import { defineCases } from '../../test/support/cases.ts'
import {
  at,
  bind,
  ews,
  guid,
  host,
  MICROSOFT_ADDRESSES,
  messages,
  nameValues,
  OUTLOOK,
  OWA,
  person,
  type RawRecord,
  sync,
} from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')

const laptop = { client: OUTLOOK, ip: host(0), change: { DeviceId: guid('the laptop') } }
const strange = { client: OUTLOOK, ip: host(1), change: { DeviceId: guid('another laptop') } }
const unnamed = { client: OUTLOOK, ip: host(0) }
const PHONE = { ClientInfoString: 'Client=ActiveSync;Version=16.1;Outlook-iOS-Android/1.0;' }

type Where = Partial<Parameters<typeof sync>[0]>

const copy = (where: Where, day = 0, folder = 'Boîte de réception') =>
  sync({ mailbox: anna, at: at('09:05', day), folder, ...where })
const folders = (count: number, where: Where) =>
  Array.from({ length: count }, (_, n) => copy({ ...where, at: at('09:05') + n }, 0, `Projet ${n}`))
const opened = (day: number, where: Where = { client: OWA, ip: host(0) }) =>
  bind({ mailbox: anna, at: at('08:00', day), messages: messages(1), ...where })
/** At work, at his usual place, from eight days ago until yesterday. */
const before = (where: Where = laptop): RawRecord[] => [-8, -7, -6, -3, -1].map(day => copy(where, day))

const found = (term: string, severity: 'high' | 'medium' | 'low', count = 1) => ({
  term,
  severity,
  count,
  actor: anna,
  mailboxes: [anna],
})

export const cases = defineCases('sync-new-context', {
  fires: {
    'a device and a network nobody knows': {
      records: [...before(), copy(strange)],
      expect: { ...found('device-elsewhere', 'high'), notes: ['Boîte de réception'] },
    },
    'the whole mailbox: a dozen folders in as many seconds': {
      records: [...before(), ...folders(12, strange)],
      expect: found('device-elsewhere', 'high', 12),
    },
    'a device without an id, of somebody whose devices have one': {
      records: [...before(), copy({ ...unnamed, ip: host(1) })],
      expect: found('device-elsewhere', 'high'),
    },
    'desktop Outlook of somebody who uses the web, elsewhere': {
      records: [...before({ client: PHONE, ip: host(0) }), opened(-2), copy({ ...unnamed, ip: host(1) })],
      expect: found('client-elsewhere', 'high'),
    },
    'another process behind MAPI, elsewhere': {
      records: [
        ...before({ ...unnamed, change: { ClientProcessName: 'OUTLOOK.EXE' } }),
        copy({ client: OUTLOOK, ip: host(1), change: { ClientProcessName: 'MFCMAPI.exe' } }),
      ],
      expect: found('client-elsewhere', 'high'),
    },
    'desktop Outlook of somebody who uses the web, at his place': {
      records: [...before({ client: PHONE, ip: host(0) }), copy(unnamed)],
      expect: found('client', 'medium'),
    },
    'the first copy ever, of somebody who reads on the web': {
      records: [opened(-8), opened(-1), copy(unnamed)],
      expect: found('client', 'medium'),
    },
    'a new laptop at the usual place': {
      records: [...before(), copy({ ...strange, ip: host(0) })],
      expect: found('device', 'low'),
    },
    'the laptop on a trip': {
      records: [...before(), copy({ ...laptop, ip: host(1) })],
      expect: found('network', 'low'),
    },
    'the properties as a text': {
      records: [
        ...before(),
        copy({
          ...strange,
          change: {
            ...strange.change,
            OperationProperties: JSON.stringify(
              nameValues({ IsThrottled: 'False', mailAccessType: ' SYNC ' }),
            ),
          },
        }),
      ],
      expect: found('device-elsewhere', 'high'),
    },
    'the folders listed, as other exports do': {
      records: [
        ...before(),
        copy({
          ...strange,
          change: {
            ...strange.change,
            Item: undefined,
            Folders: [{ Path: '\\Inbox' }, { Path: '\\Sent Items' }, { Id: 'f1' }],
          },
        }),
      ],
      expect: { ...found('device-elsewhere', 'high', 3), notes: ['Inbox, Sent Items and f1'] },
    },
    'a device last seen 31 days ago': {
      records: [copy(laptop, -37), copy(strange, -31), ...before(), copy(strange)],
      expect: found('device-elsewhere', 'high'),
    },
    'a user known for exactly a week': {
      records: [copy(laptop, -7), copy(strange)],
      expect: found('device-elsewhere', 'high'),
    },
    'a delegate in a shared mailbox, from somewhere new': {
      records: [...before(), copy({ ...strange, by: anna, mailbox: bruno })],
      expect: { term: 'device-elsewhere', severity: 'high', actor: anna, mailboxes: [bruno] },
    },
    'once more the day after, as the first time was an alarm': {
      records: [
        ...before(),
        copy({ ...strange, client: ews('python-requests/2.25.1') }, -1),
        copy({ ...strange, client: ews('python-requests/2.25.1') }),
      ],
      expect: { term: 'device-elsewhere', recordCount: 1 },
    },
  },
  quiet: {
    'the usual laptop at the usual place': [...before(), ...folders(12, laptop)],
    'what was seen in the first week': [...before(), copy(strange, -3), copy(strange)],
    'a device last seen 30 days ago': [copy(laptop, -36), copy(strange, -30), ...before(), copy(strange)],
    'a user in his first week': [copy(laptop, -6), copy(strange)],
    'messages opened one by one, from somewhere new': [...before(), opened(0, strange)],
    'a delegate in a shared mailbox, from his usual desk': [
      ...before(),
      copy({ ...laptop, by: anna, mailbox: bruno }),
    ],
    'a network of Microsoft’s, the usual device': [
      ...before(),
      copy({ ...laptop, ip: MICROSOFT_ADDRESSES[0] }),
    ],
    'a copy that failed': [
      ...before(),
      copy({ ...strange, change: { ...strange.change, ResultStatus: 'Failed' } }),
    ],
    'an application by itself': [...before(), copy({ ip: host(1), app: guid('an archive') })],
    'a record that names no folder': [
      ...before(),
      copy({ ...strange, change: { ...strange.change, Item: undefined } }),
    ],
    'the usual device on a network somebody vouched for': {
      records: [...before(), copy({ ...laptop, ip: host(1) })],
      declared: { isTrustedNetwork: ({ text }) => text === host(1) },
    },
  },
})
