import { observationBody } from '../../core/model/observation.ts'
import { iso, type Seconds } from '../../core/model/time.ts'
import {
  at,
  type Event,
  guid,
  mailboxRecord,
  nameValues,
  ORGANISATION,
  OUTLOOK,
  person,
  type RawRecord,
  sealed,
  TENANT,
} from './records.ts'

interface Cmdlet {
  readonly operation?: string
  readonly at?: Seconds
  readonly owner?: string
  readonly ip?: string
  readonly change?: RawRecord
}

/** Outlook on the web and PowerShell. A user's own rule arrives as UserType 2, and the address with its port. */
export function inboxRule(parameters: Readonly<Record<string, string>>, cmdlet: Cmdlet = {}): RawRecord {
  const { operation = 'New-InboxRule', owner = person('anna'), ip = '198.51.100.23', change } = cmdlet
  return sealed(cmdlet.at ?? at('09:12'), operation, {
    RecordType: 1,
    ResultStatus: 'True',
    UserKey: `10032000${guid(owner).slice(0, 8).toUpperCase()}`,
    UserType: 2,
    Version: 1,
    Workload: 'Exchange',
    ClientIP: ip.includes(':') ? `[${ip}]:47114` : `${ip}:52378`,
    ObjectId: `${owner}\\${parameters.Name ?? 'Invoices'}`,
    UserId: owner,
    AppId: '',
    ClientAppId: '',
    ExternalAccess: false,
    OrganizationName: ORGANISATION,
    OriginatingServer: 'LO2P265MB2207 (15.20.9115.017)',
    Parameters: nameValues({ AlwaysDeleteOutlookRulesBlob: 'False', Force: 'False', ...parameters }),
    ...change,
  })
}

type Rule = Partial<Event> & { readonly properties?: RawRecord }

const updateInboxRules = ({ properties, ...event }: Rule, given: RawRecord): RawRecord =>
  mailboxRecord(
    'UpdateInboxRules',
    2,
    { at: at('09:12'), mailbox: person('anna'), client: OUTLOOK, ...event },
    {
      ClientIP: event.ip ?? '198.51.100.23',
      OperationProperties: nameValues({ ...given, ...properties }),
      Item: { Id: guid('Inbox'), ParentFolder: { Id: guid('Inbox'), Path: '\\Inbox', Name: 'Inbox' } },
    },
  )

/** Desktop Outlook adds a rule: the actions are JSON inside a text. */
export const outlookRule = (actions: readonly unknown[], rule: Rule = {}) =>
  updateInboxRules(rule, {
    RuleOperation: 'AddMailboxRule',
    RuleId: '-8723649123649123001',
    RuleState: 'Enabled',
    RuleCondition: '(SubjectProperty contains "invoice")',
    RuleName: 'Invoices',
    RuleProvider: 'RuleOrganizer',
    RuleActions: JSON.stringify(actions),
  })

/** What desktop Outlook writes for each of its rules when it stamps them anew: names without values. */
export const restampedRule = (at: Seconds) =>
  updateInboxRules(
    { at },
    {
      RuleOperation: 'ModifyMailboxRule',
      RuleId: '-8723649123649123002',
      RuleState: undefined,
      RuleCondition: '{}',
      RuleName: undefined,
      RuleProvider: undefined,
      RuleActions: '[]',
    },
  )

/** Outlook on the web and EWS: recipients are in `ServerRule`, two levels down. */
export const webRule = (action: string, recipients: readonly unknown[], rule: Rule = {}) =>
  updateInboxRules(rule, {
    RuleOperation: 'Create',
    Name: 'Invoices',
    IsNew: 'True',
    Provider: 'ExchangeMailboxRules14',
    Actions: action,
    Conditions: 'ContainsSubjectStringCondition',
    RemoveOutlookRuleBlob: 'False',
    ServerRule: JSON.stringify({
      Name: 'Invoices',
      Actions: [{ ActionType: action, Recipients: recipients.map(Value => ({ Values: [{ Value }] })) }],
    }),
  })

interface Found {
  readonly operation?: 'InboxRuleFound' | 'InboxRulesAtStart'
  readonly at?: Seconds
  readonly owner?: string
  /** A record told of a change by this person, from this address. */
  readonly after?: { readonly actor: string; readonly address?: string }
  readonly notBefore?: Seconds
}

/** A rule as it was found by reading the mailbox. */
export function foundRule(parameters: Readonly<Record<string, string>>, found: Found = {}): RawRecord {
  const { operation = 'InboxRuleFound', owner = person('anna'), after, notBefore = at('03:10') } = found
  const all = { Name: 'Invoices', Mailbox: owner, ...parameters }
  const body = observationBody(TENANT, {
    operation,
    at: found.at ?? at('09:12'),
    identity: [owner, JSON.stringify(all), String(notBefore)],
    ...after,
    mailbox: owner,
    object: all.Name,
    parameters: Object.entries(all).map(([Name, Value]) => ({ Name, Value })),
    ...(operation === 'InboxRuleFound' && {
      observed: after ? { AfterChange: true } : { NotBefore: iso(notBefore) },
    }),
  })
  return { ...body }
}
