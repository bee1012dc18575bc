/**
 * This machine by address or as `localhost`; takes a URL's `hostname`, which has every spelling of an address
 * (`127.1`, `0x7f000001`) in its plain form. `127.example` is a host like any other.
 */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
