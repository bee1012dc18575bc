/** Cmdlets that say by which protocol, device or application mailboxes can be reached. */
export const ACCESS_CMDLETS = [
  'Set-CASMailbox',
  'Set-OrganizationConfig',
  'New-ApplicationAccessPolicy',
  'Set-ApplicationAccessPolicy',
  'Remove-ApplicationAccessPolicy',
  'New-AuthenticationPolicy',
  'Set-AuthenticationPolicy',
  'Set-TransportConfig',
  'Set-ActiveSyncOrganizationSettings',
  'New-ActiveSyncDeviceAccessRule',
  'Set-ActiveSyncDeviceAccessRule',
] as const
