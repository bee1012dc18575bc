/** What Entra records about signing in (RecordType 15) and about what a person signs in with (8). */
export const SIGN_INS = ['UserLoggedIn', 'UserLoginFailed'] as const

/** Applications that sign in by themselves. Graph alone has these; the name is ours. */
export const APPLICATION_SIGN_INS = ['ServicePrincipalLoggedIn'] as const

/** New methods and devices of a person. `Update user` changes methods as well. */
export const METHODS = [
  'User registered security info',
  'User registered all required security info',
  'User changed default security info',
  'User updated security info',
  'Admin registered security info',
  'Register device',
  'Add registered owner to device',
  'Add registered users to device',
] as const
