/** A client address, normalised once per distinct text. */
export interface Address {
  /** Without port and brackets; IPv6 in its short form. */
  readonly text: string
  /** The /24 or /64 it is in: coarse enough that one line or one phone stays one network. */
  readonly network: string
  /**
   * `microsoft`: the service's own networks, which say nothing about where a person is. `azure`: Microsoft's as
   * well, but for rent.
   */
  readonly owner: 'public' | 'private' | 'microsoft' | 'azure'
}
