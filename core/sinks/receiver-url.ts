import { isLoopback } from '../model/loopback.ts'

export type UrlCheck =
  | { readonly ok: true; readonly url: URL; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problem: string }

/**
 * Is this an address alerts can be posted to? https, or http on this machine. `setting` is named in the sentences;
 * the address itself never is, as it may be the secret.
 */
export function checkReceiverUrl(text: string, setting: string): UrlCheck {
  const url = URL.parse(text.trim())
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    return refused(`${setting} is not a web address: it has to start with https://.`)
  }
  if (url.username !== '' || url.password !== '') {
    return refused(`${setting} carries a user name or password before the host; remove it.`)
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return refused(`${setting} uses http, so alerts would travel in the clear; use https.`)
  }
  return { ok: true, url, warnings: [] }
}

export function refused(problem: string): UrlCheck {
  return { ok: false, problem }
}
