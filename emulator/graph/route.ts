import type { RequestSubject } from '../faults.ts'
import type { Call, Reply } from '../http.ts'

/** A part of Graph besides the logs. Whoever comes through the door to it brought a token that is good for Graph. */
export interface GraphRoute {
  /** What a request is about; `undefined` if it is not for this route. */
  subject(call: Call): RequestSubject | undefined
  /** Counts the request. */
  isOverQuota(call: Call): boolean
  run(call: Call, subject: RequestSubject): Reply
}
