/** Cmdlets that decide whether, and which way, mail that forwards itself leaves the organisation. */
export const GUARDS = [
  'New-HostedOutboundSpamFilterPolicy',
  'Set-HostedOutboundSpamFilterPolicy',
  'New-HostedOutboundSpamFilterRule',
  'Set-HostedOutboundSpamFilterRule',
  'Enable-HostedOutboundSpamFilterRule',
  'Disable-HostedOutboundSpamFilterRule',
  'Remove-HostedOutboundSpamFilterRule',
  'New-RemoteDomain',
  'Set-RemoteDomain',
  'New-OutboundConnector',
  'Set-OutboundConnector',
  'New-InboundConnector',
  'Set-InboundConnector',
  'New-AcceptedDomain',
  'Set-AcceptedDomain',
] as const

/** Cmdlets that decide where mail goes: contacts, transport and journal rules, what lets forwards out. */
export const MAIL_FLOW = [
  'New-MailContact',
  'Set-MailContact',
  'Enable-MailContact',
  'New-MailUser',
  'Set-MailUser',
  'Enable-MailUser',
  'New-TransportRule',
  'Set-TransportRule',
  'Enable-TransportRule',
  'Disable-TransportRule',
  'Remove-TransportRule',
  'New-JournalRule',
  'Set-JournalRule',
  'Enable-JournalRule',
  ...GUARDS,
] as const
