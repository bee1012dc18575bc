/**
 * Field names exactly as Microsoft writes them, so a detection reads like the schema page. Values stay `unknown`:
 * numbers arrive as text, lists as text and lists as objects, so every read goes through `detections/kit`.
 */
export interface CommonBody {
  Id?: unknown
  CreationTime?: unknown
  Operation?: unknown
  OrganizationId?: unknown
  OrganizationName?: unknown
  RecordType?: unknown
  ResultStatus?: unknown
  UserKey?: unknown
  UserType?: unknown
  UserId?: unknown
  Workload?: unknown
  ObjectId?: unknown
  ClientIP?: unknown
  AppAccessContext?: unknown
  UserAgent?: unknown
  ExtendedProperties?: unknown
}

/** Mailbox audit records: RecordType 2 (item), 3 (group), 19 and 50 (aggregated). */
export interface MailboxBody extends CommonBody {
  AppId?: unknown
  ClientAppId?: unknown
  ClientIPAddress?: unknown
  ClientInfoString?: unknown
  ClientProcessName?: unknown
  ActorInfoString?: unknown
  DestFolder?: unknown
  DeviceId?: unknown
  ExternalAccess?: unknown
  Folder?: unknown
  Folders?: unknown
  Item?: unknown
  AffectedItems?: unknown
  Messages?: unknown
  LogonType?: unknown
  LogonUserSid?: unknown
  MailboxGuid?: unknown
  MailboxOwnerSid?: unknown
  MailboxOwnerUPN?: unknown
  OperationCount?: unknown
  OperationProperties?: unknown
  /** What was searched for (RecordType 101). */
  QueryText?: unknown
  SessionId?: unknown
}

/** Exchange cmdlets: RecordType 1. Only parameters actually passed are present. */
export interface ExchangeAdminBody extends CommonBody {
  AppId?: unknown
  ClientAppId?: unknown
  Parameters?: unknown
  SessionId?: unknown
  ExternalAccess?: unknown
}

/** Entra records: RecordType 8 (directory) and 15 (sign-in). */
export interface EntraBody extends CommonBody {
  Actor?: unknown
  ActorIpAddress?: unknown
  ApplicationId?: unknown
  DeviceProperties?: unknown
  ErrorNumber?: unknown
  /** Correlation id, the same in Graph: ties the steps of one sign-in together. */
  InterSystemsId?: unknown
  /** Of a sign-in: the id of the request, the same in Graph. */
  IntraSystemId?: unknown
  ModifiedProperties?: unknown
  Target?: unknown
}

/** What people do in Purview: RecordType 24. The cmdlets behind it come as RecordType 18, shaped like Exchange’s. */
export interface ComplianceBody extends CommonBody {
  Case?: unknown
  CaseName?: unknown
  DataSources?: unknown
  ExchangeLocations?: unknown
  ExportName?: unknown
  /** Whose message was opened in Threat Explorer. */
  MailboxId?: unknown
}

/** Alerts of Microsoft's own (RecordType 40). `UserId` is always the alert service; the person is inside `Data`. */
export interface AlertBody extends CommonBody {
  AlertEntityId?: unknown
  AlertId?: unknown
  Data?: unknown
  Name?: unknown
  Severity?: unknown
}

/** What we saw ourselves (`observed-operations.ts`): no record of Microsoft's stands behind it. */
export interface ObservedBody extends CommonBody {
  MailboxOwnerUPN?: unknown
  /** Of a rule: what the cmdlet that made it would have passed. */
  Parameters?: unknown
  /** What was seen, by names that the operation's detection knows. */
  Observed?: unknown
}

/** A request to Microsoft Graph, from its activity log: there is no such record in the Management API. */
export interface GraphRequestBody extends CommonBody {
  /** `app` or `user`: whose token it was. */
  C_Idtyp?: unknown
  /** `0` a public client, `1` a secret, `2` a certificate. */
  clientAuthMethod?: unknown
  requestMethod?: unknown
  requestUri?: unknown
  responseStatusCode?: unknown
  /** What the token allows an application by itself, separated by blanks. */
  roles?: unknown
  /** What it allows in a user's name. */
  scopes?: unknown
}

/** What a body may hold when its operation is unknown. */
export type AnyBody = MailboxBody &
  ExchangeAdminBody &
  EntraBody &
  ComplianceBody &
  AlertBody &
  GraphRequestBody &
  ObservedBody
