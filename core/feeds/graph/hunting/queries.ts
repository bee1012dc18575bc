import {
  COLLECTORS,
  COMMANDS,
  INSTALLED,
  MAIL_FOLDERS,
  MAIL_KEEPERS,
  MAIL_STORES,
  MESSAGE_FILES,
} from '../../../model/hunting-lists.ts'

/** A question in KQL about one table of advanced hunting. */
export interface HuntingQuery {
  readonly id: 'mail-files' | 'commands' | 'scripts'
  readonly table: string
  /** What it looks for, in words. */
  readonly what: string
  /** Without a time: that is the request's, or the portal's time picker's. */
  readonly kql: string
}

/** Rows asked for at once, the oldest first. 100,000 is what Microsoft allows. */
export const MOST_ROWS = 1_000

/** Characters of a command that are fetched. What was found in it is fetched apart: padding hides nothing. */
const COMMAND = 300

const text = (value: string) => `@"${value}"`
const dynamic = (values: readonly string[]) => `dynamic([${values.map(text).join(', ')}])`
const escaped = (value: string) => value.replace(/[.\\+*?()[\]{}|^$]/g, '\\$&')
const anyOf = (values: readonly string[]) => values.map(escaped).join('|')

const ENDING = text(`(?i)(${anyOf([...MAIL_STORES, ...MESSAGE_FILES])})$`)
const WORDS = Object.values(COMMANDS).flat()
const WORD = text(`(?i)\\b(${anyOf(WORDS)})\\b`)
const OLDEST = `| top ${MOST_ROWS} by Timestamp asc`

/** Copying leaves one row a file; one a program, kind of file and hour is enough, with their number. */
const FILES = `DeviceFileEvents
| where ActionType in ("FileCreated", "FileModified", "FileRenamed")
| extend Ending = tolower(coalesce(extract(${ENDING}, 1, FileName), extract(${ENDING}, 1, PreviousFileName)))
| where isnotempty(Ending)
| where not(InitiatingProcessFileName in~ (${dynamic(MAIL_KEEPERS)})
    and (${INSTALLED.map(folder => `InitiatingProcessFolderPath startswith ${text(folder)}`).join(' or ')}))
| where InitiatingProcessFileName in~ (${dynamic(COLLECTORS)})
    or ${MAIL_FOLDERS.map(folder => `FolderPath contains ${text(folder)}`).join(' or ')}
| summarize Files = dcount(FolderPath), arg_min(Timestamp, ReportId, DeviceName, FileName, FolderPath,
    InitiatingProcessFolderPath, InitiatingProcessAccountUpn, InitiatingProcessAccountDomain)
    by DeviceId, InitiatingProcessAccountName, InitiatingProcessFileName, Ending, Hour = bin(Timestamp, 1h)
| project Timestamp, ReportId, DeviceId, DeviceName, AccountUpn = InitiatingProcessAccountUpn,
    AccountDomain = InitiatingProcessAccountDomain, AccountName = InitiatingProcessAccountName,
    Process = InitiatingProcessFileName, ProcessPath = InitiatingProcessFolderPath, FileName, FolderPath, Ending, Files
${OLDEST}`

const found = (column: string) => `| where ${column} has_any (${dynamic(WORDS)})
| extend Matched = strcat_array(extract_all(${WORD}, ${column}), ",")
| where isnotempty(Matched)`

const STARTED = `DeviceProcessEvents
${found('ProcessCommandLine')}
| project Timestamp, ReportId, DeviceId, DeviceName, AccountUpn, AccountDomain, AccountName,
    Process = FileName, Command = substring(ProcessCommandLine, 0, ${COMMAND}), Matched
${OLDEST}`

const RUN = `DeviceEvents
| where ActionType in ("PowerShellCommand", "ScriptContent")
| extend Script = tostring(AdditionalFields)
${found('Script')}
| project Timestamp, ReportId, DeviceId, DeviceName, AccountUpn = InitiatingProcessAccountUpn,
    AccountDomain = InitiatingProcessAccountDomain, AccountName = InitiatingProcessAccountName,
    Process = InitiatingProcessFileName, Command = substring(Script, 0, ${COMMAND}), Matched
${OLDEST}`

export const HUNTING_QUERIES: readonly HuntingQuery[] = [
  {
    id: 'mail-files',
    table: 'DeviceFileEvents',
    what: 'mail files written or renamed by programs that are no mail programs',
    kql: FILES,
  },
  {
    id: 'commands',
    table: 'DeviceProcessEvents',
    what: 'programs started with commands that take mail',
    kql: STARTED,
  },
  { id: 'scripts', table: 'DeviceEvents', what: 'PowerShell commands and scripts that take mail', kql: RUN },
]
