import * as z from 'zod'
import { CONTENT_TYPES, type ContentType } from '../../model/content-blob.ts'
import { isGuid } from '../../model/values.ts'
import { endpoint } from '../endpoint.ts'
import { CLOUDS, type CloudName } from './clouds.ts'

const CLOUD_NAMES = Object.keys(CLOUDS) as CloudName[]

/** What most tenants need: Exchange has the mailboxes, Entra the sign-ins and grants, General the compliance searches. */
const DEFAULT_TYPES = 'Audit.Exchange,Audit.AzureActiveDirectory,Audit.General'

export const feedSettings = {
  AZURE_TENANT_ID: z
    .string({ error: 'is missing; set it to the directory (tenant) id of the organisation to watch' })
    .refine(isGuid, 'must be a GUID, the directory (tenant) id shown in the Entra overview')
    .transform(value => value.toLowerCase())
    .describe('Directory (tenant) id of the organisation to watch.'),
  M365_CLOUD: z
    .enum(CLOUD_NAMES, { error: `must be one of ${CLOUD_NAMES.join(', ')}` })
    .default('worldwide')
    .describe('The Microsoft cloud the tenant lives in: worldwide, gcc, gcc-high or dod.'),
  MANAGEMENT_API_URL: endpoint
    .optional()
    .describe('Address of the Management Activity API; only to reach another one than the cloud’s own.'),
  CONTENT_TYPES: z
    .string()
    .default(DEFAULT_TYPES)
    .transform((value, context): ContentType[] => {
      const asked = value
        .split(',')
        .map(part => part.trim())
        .filter(part => part !== '')
      const known = CONTENT_TYPES.filter(type => asked.some(one => one.toLowerCase() === type.toLowerCase()))
      if (known.length !== asked.length || known.length === 0)
        context.addIssue(`must be a comma-separated list of ${CONTENT_TYPES.join(', ')}`)
      return known
    })
    .describe('Content types to read, separated by commas.'),
  PUBLISHER_ID: z
    .string()
    .refine(isGuid, 'must be a GUID: the tenant id of whoever runs this for several customers')
    .optional()
    .describe('Sent as PublisherIdentifier; the tenant’s own id unless a service provider sets its own.'),
} as const
