import * as z from 'zod'
import { appKind } from '../detections/kit/microsoft-apps.ts'
import { asciiDomain } from '../detections/kit/recipients.ts'
import { parseNetwork } from '../feeds/normalise/network.ts'
import { SEVERITIES } from '../model/severity.ts'
import { isGuid } from '../model/values.ts'

/** Values of the file. Messages go behind the path: `trustedApps[0] is no application id; …`. */

/** Named, so that the JSON schema has it once. */
export const severity = z.enum(SEVERITIES).meta({ id: 'severity' })

/** zod's `.min` and `.max` ask whatever has a `length`, and throw where that is an object which cannot be a text. */
const measured = ({ value }: z.core.ParsePayload) => typeof value === 'string' || Array.isArray(value)

const atLeast = (minimum: number, message: string) =>
  new z.core.$ZodCheckMinLength({ check: 'min_length', minimum, when: measured, error: () => message })

const atMost = (maximum: number, message?: string) =>
  new z.core.$ZodCheckMaxLength({ check: 'max_length', maximum, when: measured, error: () => message })

export const words = (most: number) =>
  z
    .string()
    .trim()
    .check(atLeast(1, 'is empty'), atMost(most, `is longer than ${most} characters`))

export const list = <T extends z.ZodType>(entry: T, most: number) => z.array(entry).check(atMost(most))

/** Without flags: those would be lost in the JSON schema. */
const GUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/

export const appId = z
  .string()
  .trim()
  .toLowerCase()
  .regex(GUID, 'is no application id; copy the GUID from Entra, Enterprise applications')
  .refine(namesSomebody, 'is an id that any program can go by; it names no application to vouch for')

/** Every EWS client without an application of its own, and everybody behind Graph, goes by the same id. */
function namesSomebody(id: string): boolean {
  const kind = appKind(id)
  return kind !== 'exchange-web-services' && kind !== 'graph'
}

export const domain = z
  .string()
  .trim()
  .toLowerCase()
  .refine(
    value => !value.includes('@') && asciiDomain(value) !== undefined,
    'is no domain; write example.com',
  )

/** As records name a mailbox: its owner's address, or its GUID where nothing else is known. */
export const mailbox = z
  .string()
  .trim()
  .toLowerCase()
  .refine(
    value => isGuid(value) || (value.length <= 200 && /^[^@\s*?]+@[^@\s*?]+$/.test(value)),
    'is no mailbox; write its address in full: ada@example.com',
  )

/** As records name who acted: a person's address, `app:<id>`, or the name of a part of the service. */
export const actor = words(200)
  .toLowerCase()
  .refine(value => !/[*?]/.test(value), 'holds a wildcard, and none is known; write the name in full')

export const network = z
  .string()
  .trim()
  .superRefine((value, context) => {
    const read = parseNetwork(value)
    if (typeof read === 'string') context.addIssue(read)
  })

/** A day of UTC. */
export const day = z.iso.date('is no day; write it as 2026-12-31')
