/** What Purview eDiscovery and content search write: cmdlets (RecordType 18) and activities (24, 31). */
export const EDISCOVERY = [
  'New-ComplianceCase',
  'New-ComplianceSearch',
  'Set-ComplianceSearch',
  'Start-ComplianceSearch',
  'New-ComplianceSearchAction',
  'Get-ComplianceSearchAction',
  'CaseAdded',
  'SearchCreated',
  'SearchUpdated',
  'SearchStarted',
  'SearchPreviewed',
  'ViewedSearchPreviewed',
  'PreviewItemListed',
  'PreviewItemRendered',
  'PreviewItemDownloaded',
  'AddQueryToWorkingSet',
  'SearchExported',
  'SearchReport',
  'ViewedSearchExported',
  'SearchExportDownloaded',
  'SearchResultsPurged',
  'ExportJob',
  'DownloadDocument',
] as const

/** Export and search of an Exchange server of one's own. Exchange Online has retired them, or never had them. */
export const EXPORTS = [
  'New-MailboxExportRequest',
  'Get-MailboxExportRequest',
  'Set-MailboxExportRequest',
  'Resume-MailboxExportRequest',
  'Remove-MailboxExportRequest',
  'New-MailboxImportRequest',
  'Search-Mailbox',
  'New-MailboxSearch',
  'Set-MailboxSearch',
  'Start-MailboxSearch',
  'Get-MailboxSearch',
] as const

/** Security and compliance alerts (RecordType 40). `AlertUpdated`, a change of status, is nobody's business here. */
export const ALERTS = ['AlertTriggered', 'AlertEntityGenerated'] as const

const FAMILIES = [
  'AntiPhishPolicy',
  'AntiPhishRule',
  'SafeLinksPolicy',
  'SafeLinksRule',
  'SafeAttachmentPolicy',
  'SafeAttachmentRule',
  'MalwareFilterPolicy',
  'MalwareFilterRule',
  'HostedContentFilterPolicy',
  'HostedContentFilterRule',
  'HostedConnectionFilterPolicy',
  'EOPProtectionPolicyRule',
  'ATPProtectionPolicyRule',
  'DkimSigningConfig',
  'DlpPolicy',
  'DlpCompliancePolicy',
  'DlpComplianceRule',
  'ProtectionAlert',
  'ActivityAlert',
] as const
const VERBS = ['Set', 'Disable', 'Remove'] as const

/** Cmdlets that change what protects mail. Not every verb exists for every family; one that does not never comes. */
export const PROTECTION = [
  ...FAMILIES.flatMap(family => VERBS.map(verb => `${verb}-${family}` as const)),
  'Set-AtpPolicyForO365' as const,
  'New-TenantAllowBlockListItems' as const,
  'New-TenantAllowBlockListSpoofItems' as const,
]
