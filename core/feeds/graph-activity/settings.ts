import * as z from 'zod'
import { endpointProblem } from '../../net/origin.ts'

export const activitySettings = {
  GRAPH_ACTIVITY_URL: z
    .string()
    .superRefine((value, context) => {
      const problem = addressProblem(value)
      if (problem !== undefined) context.addIssue(problem)
    })
    .optional()
    .describe(
      'Blob address of the storage account, or of the container, to which Entra archives MicrosoftGraphActivityLogs.',
    ),
  GRAPH_ACTIVITY_CONNECTION_STRING: z
    .string()
    .superRefine((value, context) => {
      const problem = connectionProblem(value)
      if (problem !== undefined) context.addIssue(problem)
    })
    .optional()
    .describe('Connection string of that storage account, instead of its address and an identity. Secret.'),
} as const

/** Tokens go over https alone; a signature in the address would be a secret where nobody expects one. */
function addressProblem(value: string): string | undefined {
  const url = URL.parse(value)
  if (url?.protocol !== 'https:' || url.username || url.password)
    return 'must be an https address like https://<account>.blob.core.windows.net'
  if (url.search || url.hash) return 'must end with the account or the container; take away what follows'
  return url.pathname.replace(/^\/|\/$/g, '').includes('/')
    ? 'must name the account or the container, and no folder in it'
    : undefined
}

/** The SDK answers a wrong one with a bare error, and speaks plain http to anybody. */
function connectionProblem(value: string): string | undefined {
  if (/^UseDevelopmentStorage=true;?$/i.test(value)) return undefined
  const part = (name: string) => new RegExp(`(?:^|;)${name}=([^;]+)`).exec(value)?.[1]
  const endpoint = part('BlobEndpoint')
  const withKey = part('AccountName') && part('AccountKey') && part('DefaultEndpointsProtocol')
  if (!withKey && !(endpoint && part('SharedAccessSignature')))
    return 'is not a connection string; copy it from the storage account, Access keys'
  const problem = endpointProblem(endpoint ?? `${part('DefaultEndpointsProtocol')}://account`)
  return problem === undefined ? undefined : `has a blob address that ${problem}`
}
