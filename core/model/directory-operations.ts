/** What Entra records (RecordType 8) about applications, consents and domains, besides roles and users. */
export const DIRECTORY = [
  'Consent to application',
  'Add delegated permission grant',
  'Add OAuth2PermissionGrant', // what older tenants call a delegated grant
  'Add app role assignment to service principal',
  'Add application',
  'Update application',
  'Update application – Certificates and secrets management', // with an en dash, and a blank at its end
  'Add service principal',
  'Update service principal',
  'Add service principal credentials',
  'Add owner to application',
  'Add owner to service principal',
  'Update authorization policy',
  'Add domain to company',
  'Add unverified domain',
  'Add verified domain',
  'Verify domain',
  'Verify email verified domain',
  'Update domain',
  'Set domain authentication',
  'Set federation settings on domain',
] as const
