/** Apart from the form: lists filter by them, and should not load an editor for it. */
export const FRAMEWORKS = ['pytorch', 'tensorflow', 'mpi', 'xgboost', 'spark', 'custom'] as const;
/** Kinds that an operator of a cluster makes, by framework; what is not here is pods. */
export const OPERATED: Partial<Record<string, readonly string[]>> = {
  pytorch: ['PyTorchJob', 'TrainJob', 'JobSet', 'Job'],
  tensorflow: ['TFJob'],
  mpi: ['MPIJob', 'Job'],
  xgboost: ['JobSet', 'TrainJob', 'Job'],
  custom: ['JobSet', 'TrainJob', 'Job'],
};
export type Framework = (typeof FRAMEWORKS)[number];
