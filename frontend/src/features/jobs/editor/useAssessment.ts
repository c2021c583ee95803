import { http } from '@shared/api/http';
import { Problem } from '@shared/api/problem';
import type { Said } from '@shared/i18n/said';
import type { Amount } from '@shared/lib/units';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { jobsPath } from '../api';
import type { Value } from '../model/document';

export interface ClusterFit {
  cluster: string;
  verdict: string;
  said: readonly Said[];
  starts_now: boolean;
  resolved: unknown;
  asked: Amount[];
  could_fit: Amount[];
  free: Amount[];
  ahead: number;
}

export interface Assessment {
  verdict: string;
  starts_now: boolean;
  clusters: ClusterFit[];
}

const REST_MS = 500;

/** Ask the server whether it would fit, once typing rests. `value: null` asks nothing. */
export function useAssessment(project: string, value: Value | null) {
  const asked = value === null ? null : JSON.stringify(value);
  const [rested, setRested] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(asked), REST_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  const query = useQuery({
    queryKey: ['projects', project, 'assessment', rested],
    queryFn: ({ signal }) =>
      http.post<Assessment>(jobsPath(project), JSON.parse(rested ?? '{}'), { query: { dry_run: true }, signal }),
    enabled: rested !== null,
    retry: false,
    staleTime: 5_000,
    gcTime: 30_000,
    // Others come and go: what is free changes without a key being pressed.
    refetchInterval: 20_000,
  });
  const settled = asked === rested && !query.isFetching;
  return {
    assessment: rested === null ? undefined : query.data,
    problem: rested !== null && query.error instanceof Problem ? query.error : null,
    settled,
  };
}
