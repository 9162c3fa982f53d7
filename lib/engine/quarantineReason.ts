/** Graph's `quarantineReason`, as far as this service gives them. */
export type QuarantineReason =
  | 'EncounteredQuarantineException'
  | 'EncounteredEscrowProportionThreshold'
  | 'EncounteredBaseEscrowThreshold'
  | 'EncounteredTotalEscrowThreshold'
  | 'TooManyDeletes'
  | 'IngestionInterrupted'
  | 'Unknown';
