/** Bytes of one record; above this it is rejected as `too-long`. */
export const MAX_RECORD_BYTES = 32 * 1024 * 1024
/** Levels of nesting, the record itself being level 1; above this it is rejected as `too-deep`. */
export const MAX_DEPTH = 200
