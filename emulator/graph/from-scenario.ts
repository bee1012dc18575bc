import type { AuditRecord, NameValue } from '../records/index.ts'
import type { Firm } from '../scenarios/firm.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { folderIdOf, type GraphUser, type PlantedRule } from './mailboxes.ts'

/** The firm's people and shared mailboxes; besides, a guest, and an account that has no mailbox. */
export function graphUsers({ domains: [domain = ''], people, sharedMailboxes }: Firm): GraphUser[] {
  const account = `scanner@${domain}`
  return [
    ...people.map(({ objectId, upn }) => ({ id: objectId, userPrincipalName: upn })),
    ...sharedMailboxes.map(({ mailboxGuid, upn }) => ({ id: mailboxGuid, userPrincipalName: upn })),
    { id: '00000000-0000-4000-8000-0000000000a1', userPrincipalName: account, mailbox: 'none' },
    {
      id: '00000000-0000-4000-8000-0000000000a2',
      userPrincipalName: `pat_partner.example#EXT#@${domain}`,
      mail: 'pat@partner.example',
      mailbox: 'none',
    },
  ]
}

/** What the scenario's cmdlets left in the mailboxes, from the moment on at which they ran. */
export function plantedRules({ tenant, timeline }: Scenario): PlantedRule[] {
  const ids = new Map(tenant.people.map(({ objectId, upn }) => [upn, objectId]))
  return timeline.flatMap(({ records }) =>
    (records as readonly (AuditRecord & { readonly Parameters?: readonly NameValue[] })[]).flatMap(record => {
      const id = ids.get(record.UserId)
      if (record.Operation !== 'New-InboxRule' || id === undefined) return []
      const given = new Map((record.Parameters ?? []).map(({ Name, Value }) => [Name, String(Value)]))
      return [
        { mailbox: record.UserId, rule: messageRule(given, id), from: Date.parse(`${record.CreationTime}Z`) },
      ]
    }),
  )
}

const CONDITIONS: Readonly<Record<string, string>> = {
  SubjectOrBodyContainsWords: 'bodyOrSubjectContains',
  SubjectContainsWords: 'subjectContains',
  FromAddressContainsWords: 'senderContains',
}
const FLAGS: Readonly<Record<string, string>> = {
  DeleteMessage: 'delete',
  MarkAsRead: 'markAsRead',
  StopProcessingRules: 'stopProcessingRules',
}
const RECIPIENTS: Readonly<Record<string, string>> = { ForwardTo: 'forwardTo', RedirectTo: 'redirectTo' }

function messageRule(given: ReadonlyMap<string, string>, user: string): PlantedRule['rule'] {
  const of = (table: Readonly<Record<string, string>>, read: (value: string) => unknown) =>
    Object.fromEntries(
      Object.entries(table).flatMap(([from, to]) => {
        const value = given.get(from)
        return value === undefined ? [] : [[to, read(value)]]
      }),
    )
  return {
    displayName: given.get('Name') ?? '',
    conditions: of(CONDITIONS, value => value.split(';')),
    actions: {
      ...of(FLAGS, value => value === 'True'),
      ...of(RECIPIENTS, value =>
        value.split(';').map(address => ({ emailAddress: { name: address, address } })),
      ),
      ...of({ MoveToFolder: 'moveToFolder' }, value => folderIdOf(user, value)),
    },
  }
}
