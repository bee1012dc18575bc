import * as z from 'zod'

export const doctorSettings = {
  CLIENT_SECRET_EXPIRES: z.iso
    .date('must be the day on which the secret ends, such as 2027-05-31')
    .optional()
    .describe('The day on which AZURE_CLIENT_SECRET ends, so that doctor and health warn before.'),
} as const
