import type { Random } from '../random.ts'
import { zoneless } from '../times.ts'

/** The fields every audit record carries. Names and values are the wire's. */
export interface AuditRecord {
  readonly Id: string
  readonly RecordType: number
  /** UTC, without a zone. */
  readonly CreationTime: string
  readonly Operation: string
  readonly OrganizationId: string
  readonly UserType: number
  readonly UserKey: string
  readonly UserId: string
  readonly Workload: string
  readonly Version: number
  readonly ResultStatus?: string
  readonly ObjectId?: string
  readonly ClientIP?: string
}

export interface NameValue {
  readonly Name: string
  /** Outlook leaves the key out where a value is empty. */
  readonly Value?: string
}

/** What builders need besides their input: where ids come from, and whose tenant it is. */
export interface RecordKit {
  readonly random: Random
  readonly organizationId: string
  readonly organizationName: string
}

export const UserType = { regular: 0, admin: 2, datacenterAdmin: 3, system: 4, application: 5 } as const
export const RecordType = {
  exchangeAdmin: 1,
  exchangeItem: 2,
  exchangeItemGroup: 3,
  sharePointFile: 6,
  directory: 8,
  stsLogon: 15,
  complianceCmdlet: 18,
  discovery: 24,
  teams: 25,
  complianceAlert: 40,
  exchangeItemAggregated: 50,
} as const

export interface CommonInput {
  at: number
  operation: string
  recordType: number
  workload: string
  userId: string
  userKey: string
  userType?: number
}

export const common = (kit: RecordKit, input: CommonInput) => ({
  CreationTime: zoneless(input.at),
  Id: kit.random.guid(),
  Operation: input.operation,
  OrganizationId: kit.organizationId,
  RecordType: input.recordType,
  UserKey: input.userKey,
  UserType: input.userType ?? UserType.regular,
  Version: 1,
  Workload: input.workload,
  UserId: input.userId,
})

/** Name/value lists as Microsoft writes them. An undefined value leaves the key out. */
export const nameValues = (values: Readonly<Record<string, string | undefined>>): NameValue[] =>
  Object.entries(values).map(([Name, Value]) => (Value === undefined ? { Name } : { Name, Value }))

export const withPort = (ip: string, port: number) => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`)
