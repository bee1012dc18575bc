import { HOUR, type Seconds } from '../../../core/model/time.ts'

/** When the simulated hours begin: UTC seconds. In the past of any machine, so no library takes a token for one of tomorrow. */
export const START: Seconds = Date.UTC(2025, 10, 19, 9) / 1000
/** So long everything goes wrong that the plan says. */
export const WILD: Seconds = 3 * HOUR
