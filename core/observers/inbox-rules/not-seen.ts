/** What reading inbox rules through Graph does not show; for the coverage report and the documents. */
export const NOT_SEEN: readonly string[] = [
  'Rules hidden from every client (their name blanked in the mailbox): Graph does not list them. Get-InboxRule -IncludeHidden does.',
  'Mailbox forwarding (ForwardingSmtpAddress, ForwardingAddress), mail flow rules and remote domains: Graph does not show them. Their changes are in the audit log.',
  'Sweep rules, and rules that live in one Outlook program alone.',
  'Names of folders, unless Mail.ReadBasic.All is granted, which also shows who wrote whom about what. Without it, Deleted Items, Drafts and Outbox are told by how their ids end, and other folders by nothing.',
  'Mailboxes on premises, and those that have no licence for Exchange Online.',
  'A rule that was made and taken away between two looks, where no audit record asked for a look.',
]
