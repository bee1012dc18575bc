import { jsonReply, type Reply } from '../http.ts'

const error = (status: number, code: string, message: string, headers: Record<string, string> = {}): Reply =>
  jsonReply(
    status,
    {
      error: {
        code,
        message,
        innerError: {
          date: '2026-11-20T09:00:00',
          'request-id': '00000000-0000-4000-8000-000000000000',
          'client-request-id': '00000000-0000-4000-8000-000000000000',
        },
      },
    },
    headers,
  )

export const badToken = () =>
  error(401, 'InvalidAuthenticationToken', 'Access token has expired or is not yet valid.')
export const notPermitted = () =>
  error(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
export const notLicensed = () =>
  error(
    403,
    'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    "Neither tenant is B2C or tenant doesn't have premium license",
  )
export const notFound = (path: string) =>
  error(404, 'ResourceNotFound', `Resource not found for the segment '${path}'.`)
export const badRequest = (message: string) => error(400, 'BadRequest', message)
export const unavailable = () => error(503, 'serviceNotAvailable', 'The service is temporarily unavailable.')
export const tooMany = (retryAfterSeconds?: number) =>
  error(
    429,
    'TooManyRequests',
    'Too many requests.',
    retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) },
  )
export const noMailbox = () =>
  error(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  )
export const accessDenied = () =>
  error(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')
