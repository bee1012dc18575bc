import { describe, expect, it } from 'vitest'
import { consent, createdPrincipal, delegatedGrant } from '../../../test/support/record-apps.ts'
import { cmdlet, provisioning } from '../../../test/support/record-cmdlets.ts'
import { inboxRule } from '../../../test/support/record-rules.ts'
import { signIn } from '../../../test/support/record-sign-ins.ts'
import { OWN_DOMAIN, person, type RawRecord, TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import { tenantFacts } from '../../pipeline/tenant-domains.ts'
import { MAIL_CHANGES, mailChange } from './mail-changes.ts'

const FACTS = tenantFacts(TENANT, new Set([OWN_DOMAIN]), true)

function told(raw: RawRecord): string | undefined {
  const { record } = makeParser(TENANT)(raw)
  if (record === undefined) throw new Error('not read')
  return mailChange(record, FACTS)
}

const PERMISSION = { Identity: person('ceo'), User: person('anna'), AccessRights: 'FullAccess' }

describe('a change of mail settings', () => {
  it.each([
    ['a forward outside', inboxRule({ ForwardTo: 'x@outside.example' }), 'Inbox rule sends mail outside'],
    [
      'a rule that hides',
      inboxRule({ Name: '.', DeleteMessage: 'True' }),
      'Inbox rule hides mail from the owner',
    ],
    [
      'a mailbox that forwards',
      cmdlet('Set-Mailbox', { Identity: person('anna'), ForwardingSmtpAddress: 'smtp:x@outside.example' }),
      'Mailbox forwards its mail outside',
    ],
    ['rights', cmdlet('Add-MailboxPermission', PERMISSION), 'Rights on a mailbox handed out'],
    ['a consent', consent('Mail.Read'), 'Application allowed into mail'],
    ['a grant', delegatedGrant('Mail.Read'), 'Application allowed into mail'],
    [
      'a bypass of auditing',
      cmdlet('Set-MailboxAuditBypassAssociation', { Identity: 'x', AuditBypassEnabled: 'True' }),
      'Account exempt from mailbox auditing',
    ],
  ])('is %s', (_, raw, title) => {
    expect(told(raw)).toBe(title)
  })

  it.each([
    [
      'a rule that files newsletters',
      inboxRule({ Name: 'News', From: 'n@shop.example', MoveToFolder: 'News' }),
    ],
    ['rights that provisioning sets up', provisioning('Add-MailboxPermission', PERMISSION)],
    ['one half of a sequence', createdPrincipal()],
    [
      'auditing that is switched back on',
      cmdlet('Set-MailboxAuditBypassAssociation', { Identity: 'x', AuditBypassEnabled: 'False' }),
    ],
    ['another setting of a mailbox', cmdlet('Set-Mailbox', { Identity: 'x', DisplayName: 'X' })],
    ['a sign-in', signIn()],
  ])('is not %s', (_, raw) => {
    expect(told(raw)).toBeUndefined()
  })

  it('is looked for in operations that are named, none twice', () => {
    expect(MAIL_CHANGES).toContain('New-InboxRule')
    expect(MAIL_CHANGES).toContain('Consent to application')
    expect(new Set(MAIL_CHANGES).size).toBe(MAIL_CHANGES.length)
  })
})
