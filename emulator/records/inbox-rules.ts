import { type CmdletRecord, cmdlet, objectPath } from './cmdlets.ts'
import { type Access, folderId, INBOX, type Mailbox, type MailboxRecord, mailboxRecord } from './mailbox.ts'
import { type NameValue, nameValues, type RecordKit, RecordType } from './record.ts'

/** Outlook on the web and PowerShell. A user's own rule arrives as UserType 2, admin. */
export function newInboxRule(
  kit: RecordKit,
  input: {
    at: number
    mailbox: Mailbox
    ip: string
    session?: string
    /** `Name`, `ForwardTo`, `MoveToFolder`, `DeleteMessage`…; several addresses or words are joined by `;`. */
    rule: Readonly<Record<string, string>> & { readonly Name: string }
  },
): CmdletRecord {
  const { at, mailbox, ip, session, rule } = input
  return cmdlet(kit, {
    at,
    ip,
    ...(session === undefined ? {} : { session }),
    operation: 'New-InboxRule',
    userId: mailbox.upn,
    userKey: mailbox.puid,
    objectId: `${objectPath(kit, mailbox.mailboxGuid)}\\${rule.Name}`,
    parameters: { AlwaysDeleteOutlookRulesBlob: 'False', Force: 'False', ...rule },
  })
}

export interface UpdateInboxRulesRecord extends MailboxRecord {
  readonly ClientIP: string
  readonly OperationProperties: readonly NameValue[]
  readonly Item: {
    readonly Id: string
    readonly ParentFolder: { readonly Id: string; readonly Name: string; readonly Path: string }
  }
}

function updateInboxRules(
  kit: RecordKit,
  access: Access,
  properties: Readonly<Record<string, string | undefined>>,
): UpdateInboxRulesRecord {
  const id = folderId(access.mailbox, INBOX)
  return {
    ...mailboxRecord(kit, access, { operation: 'UpdateInboxRules', recordType: RecordType.exchangeItem }),
    ClientIP: access.ip,
    OperationProperties: nameValues(properties),
    Item: { Id: id, ParentFolder: { Id: id, Name: INBOX.name, Path: INBOX.path } },
  }
}

/** A negative 64-bit number as text; a JavaScript number would lose its last digits. */
const ruleId = (kit: RecordKit) => `-${kit.random.int(1, 9)}${kit.random.int(10 ** 8, 10 ** 9 - 1)}000000001`

/** Outlook on the desktop adds a rule: the actions are JSON inside a string. */
export function addMailboxRule(
  kit: RecordKit,
  access: Access & { name: string; condition: string; actions: readonly object[] },
): UpdateInboxRulesRecord {
  return updateInboxRules(kit, access, {
    RuleOperation: 'AddMailboxRule',
    RuleId: ruleId(kit),
    RuleState: 'Enabled, ExitAfterExecution',
    RuleCondition: access.condition,
    RuleName: access.name,
    RuleProvider: 'RuleOrganizer',
    RuleActions: JSON.stringify(access.actions),
  })
}

/** What Outlook writes for each rule when it stamps its rule set anew: nothing in it, hundreds in seconds. */
export function restampedMailboxRule(kit: RecordKit, access: Access): UpdateInboxRulesRecord {
  return updateInboxRules(kit, access, {
    RuleOperation: 'ModifyMailboxRule',
    RuleId: ruleId(kit),
    RuleState: undefined,
    RuleCondition: '{}',
    RuleName: undefined,
    RuleProvider: undefined,
    RuleActions: '[]',
  })
}

/** The shape of Outlook on the web and EWS, where the recipients hide in `ServerRule`. */
export function webMailboxRule(
  kit: RecordKit,
  access: Access & {
    name: string
    operation: 'Create' | 'Update' | 'Delete'
    action: string
    recipients?: readonly string[]
  },
): UpdateInboxRulesRecord {
  const { name, operation, action, recipients = [] } = access
  const serverRule = {
    Name: name,
    Actions: [{ ActionType: action, Recipients: recipients.map(value => ({ Values: [{ Value: value }] })) }],
  }
  return updateInboxRules(kit, access, {
    Name: name,
    IsNew: operation === 'Create' ? 'True' : 'False',
    RuleOperation: operation,
    Provider: 'ExchangeMailboxRules14',
    Actions: action,
    Conditions: 'ContainsSubjectStringCondition',
    RemoveOutlookRuleBlob: 'False',
    ServerRule: JSON.stringify(serverRule),
  })
}
