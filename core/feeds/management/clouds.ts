/** Where one of Microsoft's clouds keeps the Management Activity API and signs in for it. */
export interface Cloud {
  /** Also the audience of its tokens. */
  readonly origin: string
  readonly scope: string
  /** `AZURE_AUTHORITY_HOST` */
  readonly authority: string
}

function cloud(host: string, login: string): Cloud {
  const origin = `https://${host}`
  return { origin, scope: `${origin}/.default`, authority: `https://${login}` }
}

/** The cloud of 21Vianet is left out: its host is not documented, and public clients disagree about it. */
export const CLOUDS = {
  worldwide: cloud('manage.office.com', 'login.microsoftonline.com'),
  gcc: cloud('manage-gcc.office.com', 'login.microsoftonline.com'),
  'gcc-high': cloud('manage.office365.us', 'login.microsoftonline.us'),
  dod: cloud('manage.protection.apps.mil', 'login.microsoftonline.us'),
} as const satisfies Record<string, Cloud>

export type CloudName = keyof typeof CLOUDS
