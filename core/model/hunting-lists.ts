/**
 * What hunting looks for on machines: the queries are built from these lists, rows that come back are judged by them, and
 * `docs/hunting.md` shows them. Names of programs and cmdlets as their makers give them, compared in any case.
 */

/** Endings of files that hold whole mailboxes. */
export const MAIL_STORES = ['.pst', '.ost', '.olm', '.mbox', '.dbx', '.nsf'] as const

/** Endings of files that hold one message. */
export const MESSAGE_FILES = ['.eml', '.msg'] as const

/** Parts of the paths under which mail programs keep what is theirs. */
export const MAIL_FOLDERS = [
  '\\Microsoft\\Outlook\\',
  '\\Outlook Files\\',
  '\\Thunderbird\\',
  '\\Windows Mail\\',
  '\\Windows Live Mail\\',
  '\\Lotus\\Notes\\',
] as const

/** Programs that copy, pack, send and script, and have no business with mail files. */
export const COLLECTORS = [
  'cmd.exe',
  'powershell.exe',
  'pwsh.exe',
  'python.exe',
  'python3.exe',
  'pythonw.exe',
  'wscript.exe',
  'cscript.exe',
  'mshta.exe',
  'robocopy.exe',
  'xcopy.exe',
  'esentutl.exe',
  'makecab.exe',
  'tar.exe',
  '7z.exe',
  '7za.exe',
  '7zg.exe',
  'rar.exe',
  'winrar.exe',
  'curl.exe',
  'wget.exe',
  'rclone.exe',
  'megacmd.exe',
  'winscp.exe',
] as const

/** Programs whose work mail files are: they read mail, index it, scan it, back it up. */
export const MAIL_KEEPERS = [
  'outlook.exe',
  'olk.exe',
  'hxtsr.exe',
  'hxoutlook.exe',
  'thunderbird.exe',
  'nlnotes.exe',
  'scanpst.exe',
  'searchindexer.exe',
  'searchprotocolhost.exe',
  'searchfilterhost.exe',
  'msmpeng.exe',
  'mssense.exe',
  'sensendr.exe',
  'wbengine.exe',
  'veeamagent.exe',
  'beremote.exe',
  'cbengine.exe',
] as const

/** Where those are installed. Anybody can name a program so, but it takes an administrator to put it there. */
export const INSTALLED = [
  'c:\\program files\\',
  'c:\\program files (x86)\\',
  'c:\\windows\\',
  'c:\\programdata\\microsoft\\windows defender\\',
] as const

/**
 * What a word in a command or a script does. `export`: takes mailboxes out of a server of one's own; `removal`: tidies up
 * after that; `tool`: a function or name of a tool made for taking mail; `device`: lets a phone at a mailbox; `script`: opens
 * mail through a library, Outlook or the server's own module; `look`: asks around.
 */
export type CommandKind = 'export' | 'removal' | 'tool' | 'device' | 'script' | 'look'

export const COMMANDS: Readonly<Record<CommandKind, readonly string[]>> = {
  export: ['New-MailboxExportRequest', 'Search-Mailbox', 'New-MailboxSearch', 'Start-MailboxSearch'],
  removal: ['Remove-MailboxExportRequest'],
  tool: [
    'MailSniper',
    'EWSEditor',
    'Invoke-SelfSearch',
    'Invoke-GlobalMailSearch',
    'Invoke-GlobalO365MailSearch',
    'Invoke-MailboxSearch',
    'Invoke-OpenInboxFinder',
    'Invoke-PasswordSprayOWA',
    'Invoke-PasswordSprayEWS',
    'Invoke-GraphRunner',
    'Invoke-SearchMailbox',
  ],
  device: ['ActiveSyncAllowedDeviceIDs'],
  script: [
    'Microsoft.Exchange.WebServices',
    'Outlook.Application',
    'Microsoft.Office.Interop.Outlook',
    'Microsoft.Exchange.Management.PowerShell',
  ],
  look: ['Get-MailboxExportRequest', 'Get-GlobalAddressList'],
}
