/** Apart from the form: lists filter by them, and should not load an editor for it. */
export const FRAMEWORKS = ['pytorch', 'tensorflow', 'mpi', 'xgboost', 'spark', 'custom'] as const;
export type Framework = (typeof FRAMEWORKS)[number];
