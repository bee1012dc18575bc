import { type AuditRecord, common, type NameValue, nameValues, type RecordKit, RecordType } from './record.ts'

interface Person {
  readonly upn: string
  readonly objectId: string
  readonly puid: string
}

export interface TeamsRecord extends AuditRecord {
  readonly ExtraProperties: readonly NameValue[]
  readonly TeamName?: string
  readonly ChannelName?: string
}

/** Teams activity, which fills Audit.General: nothing here is about mail. */
export function teamsActivity(
  kit: RecordKit,
  input: { at: number; person: Person; operation: string; ip: string; team?: string; channel?: string },
): TeamsRecord {
  const { at, person, operation, ip, team, channel } = input
  return {
    ...common(kit, {
      at,
      operation,
      recordType: RecordType.teams,
      workload: 'MicrosoftTeams',
      userId: person.upn,
      userKey: person.objectId,
    }),
    ClientIP: ip,
    ObjectId: 'Unknown (Unknown)',
    ExtraProperties: nameValues({ TimeZone: 'Europe/London', OsName: 'windows', Country: 'gb' }),
    ...(team === undefined ? {} : { TeamName: team }),
    ...(channel === undefined ? {} : { ChannelName: channel }),
  }
}

export interface FileRecord extends AuditRecord {
  readonly ClientIP: string
  readonly ObjectId: string
  readonly EventSource: 'SharePoint'
  readonly ItemType: 'File'
  readonly SiteUrl: string
  readonly SourceFileName: string
  readonly SourceRelativeUrl: string
  readonly UserAgent: string
  readonly CorrelationId: string
}

export function fileActivity(
  kit: RecordKit,
  input: {
    at: number
    person: Person
    operation: string
    ip: string
    site: string
    path: string
    file: string
  },
): FileRecord {
  const { at, person, operation, ip, site, path, file } = input
  return {
    ...common(kit, {
      at,
      operation,
      recordType: RecordType.sharePointFile,
      workload: 'SharePoint',
      userId: person.upn,
      userKey: `i:0h.f|membership|${person.puid.toLowerCase()}@login.example`,
    }),
    ClientIP: ip,
    ObjectId: `${site}${path}/${file}`,
    CorrelationId: kit.random.guid(),
    EventSource: 'SharePoint',
    ItemType: 'File',
    SiteUrl: site,
    SourceFileName: file,
    SourceRelativeUrl: path,
    UserAgent: 'Microsoft Office Word 2014 (16.0) Windows NT 10.0',
  }
}
