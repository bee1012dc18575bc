import type { RequestKind } from '../faults.ts'
import { jsonReply, type Reply } from '../http.ts'

/** What the Management API's front end puts on every answer. */
export const IIS_HEADERS = {
  'Cache-Control': 'no-cache',
  Pragma: 'no-cache',
  Expires: '-1',
  Server: 'Microsoft-IIS/8.5',
  'X-AspNet-Version': '4.0.30319',
  'X-Powered-By': 'ASP.NET',
} as const

export const NO_PUBLISHER = '00000000-0000-0000-0000-000000000000'

/** Codes with the status each was seen with; where none was ever seen, the likeliest. */
const STATUS = {
  AF10001: 401,
  AF20001: 400,
  AF20002: 400,
  AF20003: 400,
  AF20010: 400,
  AF20011: 400,
  AF20012: 400,
  AF20013: 400,
  AF20020: 400,
  AF20022: 400,
  AF20023: 400,
  AF20024: 400,
  AF20030: 400,
  AF20031: 400,
  AF20050: 404,
  AF20051: 400,
  AF20052: 400,
  AF20055: 400,
  AF50000: 500,
} as const

export type ErrorCode = keyof typeof STATUS

export const errorReply = (code: ErrorCode, message: string): Reply =>
  jsonReply(STATUS[code], { error: { code, message } })

/** The authentication filter sits in front of the API and speaks another dialect: capital M, no code. */
export const denied = (): Reply =>
  jsonReply(401, { Message: 'Authorization has been denied for this request.' })

const METHODS: { readonly [K in RequestKind]?: string } = {
  start: 'StartSubscription',
  stop: 'StopSubscription',
  list: 'ListSubscriptions',
  content: 'GetContent',
  blob: 'GetBlob',
  notifications: 'GetNotifications',
  resources: 'GetResources',
}

export interface Throttle {
  kind: RequestKind
  publisher: string | undefined
  status?: 403 | 429 | undefined
  retryAfterSeconds?: number | undefined
  quotes?: 'double' | 'single' | undefined
}

export function tooManyRequests(throttle: Throttle): Reply {
  const { kind, publisher = NO_PUBLISHER, status = 403, retryAfterSeconds, quotes } = throttle
  const message = `Too many requests. Method=${METHODS[kind] ?? kind}, PublisherId=${publisher}`
  const headers = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }
  const reply = jsonReply(status, { error: { code: 'AF429', message } }, headers)
  // The documented sample is not JSON: it has single quotes.
  return quotes === 'single' ? { ...reply, body: `{'error':{'code':'AF429','message':'${message}'}}` } : reply
}

export function tooManyStarts(status: 403 | 429, waitMs: number): Reply {
  const seconds = Math.ceil(waitMs / 1000)
  const wait = `${Math.floor(seconds / 60)}m ${seconds % 60}s`
  const message = `Too many frequent subscription start requests. Please retry again after ${wait}`
  return jsonReply(status, { error: { code: '429', message } })
}

const HTML = { 'Content-Type': 'text/html' }
const gatewayPage = (status: number, title: string): Reply => ({
  status,
  headers: HTML,
  body: `<html><head><title>${status} ${title}</title></head><body><h1>${status} ${title}</h1></body></html>`,
})

export function serverError(shape: 'af50000' | 'html' | 'empty' = 'af50000'): Reply {
  if (shape === 'html') return gatewayPage(502, 'Bad Gateway')
  if (shape === 'empty') return { status: 500 }
  return errorReply('AF50000', 'An internal error occurred. Retry the request.')
}

export const outage = (): Reply => gatewayPage(503, 'Service Unavailable')
