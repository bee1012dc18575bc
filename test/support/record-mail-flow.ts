import { type Cmdlet, cmdlet } from './record-cmdlets.ts'
import { ORGANISATION, type RawRecord } from './records.ts'

type Values = Readonly<Record<string, string>>

/** `Set-Mailbox`: `ObjectId` is the bare alias, and `Identity` whatever was typed. */
export const setMailbox = (mailbox: string, parameters: Values, given: Cmdlet = {}): RawRecord =>
  cmdlet(
    'Set-Mailbox',
    { Identity: mailbox, ...parameters },
    { ...given, change: { ObjectId: mailbox.split('@')[0], ...given.change } },
  )

/** Forwarding as the admin centre sets it: the address with a prefix, the other parameter emptied. */
export const forwards = (mailbox: string, to: string, keepsCopy = 'True', given: Cmdlet = {}): RawRecord =>
  setMailbox(
    mailbox,
    { ForwardingAddress: '', ForwardingSmtpAddress: `smtp:${to}`, DeliverToMailboxAndForward: keepsCopy },
    given,
  )

/** A directory entry for an address elsewhere. */
export const contact = (Name: string, to: string, given: Cmdlet = {}, operation = 'New-MailContact') =>
  cmdlet(operation, { Name, ExternalEmailAddress: `SMTP:${to}` }, given)

/** A mail flow rule. New ones have no `ObjectId`; in a change it is the rule's path. */
export function flowRule(
  parameters: Values,
  given: Cmdlet & { readonly operation?: string } = {},
): RawRecord {
  const { operation = 'New-TransportRule', ...rest } = given
  const fresh = operation === 'New-TransportRule'
  const name = parameters.Name ?? 'Supplier mail'
  return cmdlet(operation, fresh ? { Name: name, ...parameters } : { Identity: name, ...parameters }, {
    ...rest,
    change: { ObjectId: fresh ? '' : `${ORGANISATION}\\${name}`, ...rest.change },
  })
}
