import * as z from 'zod'

/** The SDK answers anything else with a bare TypeError. */
function isConnectionString(value: string): boolean {
  return (
    /^UseDevelopmentStorage=true;?$/i.test(value) || /(?:^|;)(?:AccountName|\w+Endpoint)=[^;]+/i.test(value)
  )
}

/** The names Azure Functions itself uses: a connection string, or service addresses for an identity. */
export const storageSettings = {
  AzureWebJobsStorage: z
    .string()
    .refine(isConnectionString, 'is not a connection string; copy it from the storage account, Access keys')
    .optional()
    .describe('Connection string of the storage account, or UseDevelopmentStorage=true for Azurite. Secret.'),
  AzureWebJobsStorage__tableServiceUri: z
    .url('must be the https address of the table service')
    .optional()
    .describe('Table service address, to reach storage with an identity instead of a key.'),
  AzureWebJobsStorage__queueServiceUri: z
    .url('must be the https address of the queue service')
    .optional()
    .describe('Queue service address, to reach storage with an identity instead of a key.'),
  AzureWebJobsStorage__clientId: z
    .string()
    .optional()
    .describe('Client id of the user-assigned identity that reaches storage.'),
} as const
