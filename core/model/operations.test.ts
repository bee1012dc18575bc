import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyText } from '../../test/support/any-text.ts'
import { canonicalOperation, operationKey } from './operations.ts'

describe('an operation', () => {
  it.each([
    ['MailItemsAccessed', 'MailItemsAccessed'],
    ['mailitemsaccessed', 'MailItemsAccessed'],
    ['NEW-INBOXRULE', 'New-InboxRule'],
    ['New–InboxRule', 'New-InboxRule'],
    ['New—InboxRule', 'New-InboxRule'],
    ['New−InboxRule', 'New-InboxRule'],
    ['New-InboxRule.', 'New-InboxRule'],
    ['New-InboxRule .', 'New-InboxRule'],
    ['\u00a0New-InboxRule\u00a0', 'New-InboxRule'],
    [' UserLoggedIn\r\n', 'UserLoggedIn'],
    ['Send', 'Send'],
    ['disable-safelinksrule', 'Disable-SafeLinksRule'],
    ['REMOVE-DLPPOLICY', 'Remove-DlpPolicy'],
  ])('%j is %s', (written, operation) => {
    expect(canonicalOperation(written)).toBe(operation)
  })

  it.each([
    ['Delete group.', 'Delete group.'],
    [' Set-Mailbox ', 'Set-Mailbox'],
    ['New-InboxRules', 'New-InboxRules'],
    ['NewInboxRule', 'NewInboxRule'],
    [' New Inbox Rule\r\n', 'New Inbox Rule'],
    ['constructor', 'constructor'],
    ['__proto__', '__proto__'],
    ['hasOwnProperty', 'hasOwnProperty'],
    ['', ''],
  ])('%j that nobody asks for passes as %j', (written, operation) => {
    expect(canonicalOperation(written)).toBe(operation)
  })

  it.each([
    [
      'Update application – Certificates and secrets management ',
      'update application - certificates and secrets management',
    ],
    [
      'Update application - Certificates and secrets management',
      'update application - certificates and secrets management',
    ],
    ['Add  OAuth2PermissionGrant.', 'add oauth2permissiongrant'],
    ['Update v1.0 policy.', 'update v1.0 policy'],
  ])('%j has the key %j', (written, key) => {
    expect(operationKey(written)).toBe(key)
  })

  it('is itself once it is canonical', () => {
    fc.assert(
      fc.property(anyText, written => {
        const once = canonicalOperation(written)
        expect(canonicalOperation(once)).toBe(once)
      }),
    )
  })
})
