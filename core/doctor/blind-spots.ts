/** What no setting of Waxseal makes visible, and what comes nearest. */
export const BLIND_SPOTS: readonly { readonly what: string; readonly why: string }[] = [
  {
    what: 'mailbox forwarding as it stands',
    why: 'Microsoft Graph does not show the forwarding address of a mailbox; setting it is seen in the audit log, one that was set before is not.',
  },
  {
    what: 'transport rules and remote domains as they stand',
    why: 'Microsoft Graph does not show them; changes are seen in the audit log.',
  },
  {
    what: 'hidden inbox rules',
    why: 'Microsoft Graph leaves them out; Get-InboxRule -IncludeHidden in Exchange PowerShell shows them. Their making is seen in the audit log.',
  },
  {
    what: 'the first hour or so',
    why: 'Microsoft delivers audit records typically 60 to 90 minutes late, and promises nothing.',
  },
  {
    what: 'what was not recorded',
    why: 'Where auditing was off, or a licence records no reads, nothing can be fetched later.',
  },
]
