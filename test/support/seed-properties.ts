/**
 * Properties are tried on the same samples each time, so that what fails a run is what was changed. New ones are drawn with
 * `PROPERTY_SEED=random npm test -- test/properties`, or those of one number with `PROPERTY_SEED=42`.
 */
import fc from 'fast-check'

const wanted = process.env.PROPERTY_SEED ?? '1'

if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) })
