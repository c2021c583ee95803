import type { Page } from '@shared/api/http';
import type { Kind, LiveObject } from '@shared/live/protocol';
import { useLivePage } from '@shared/live/useStream';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { useProject } from '@shared/session/place';
import { type QueryKey, type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { EmptyState } from './EmptyState';
import { PageHeader } from './PageHeader';
import { type Column, ResourceTable } from './ResourceTable';

interface Props<Row, Key extends QueryKey> {
  /** Remembers the chosen columns. */
  name: string;
  kind: Kind;
  path: (project: string) => string;
  query: (project: string, view: ListSearch) => UseQueryOptions<Page<Row>, Error, Page<Row>, Key>;
  title: string;
  /** One line on what such things are for. */
  intro: string;
  columns: readonly Column<Row>[];
  /** The button that adds one, for whoever may. */
  add: ReactNode;
  /** When there are none: that, and what one would be good for. */
  empty: readonly [title: string, text: string];
  /** Between the header and the table. */
  above?: ReactNode;
  /** Dialogs. */
  children?: ReactNode;
}

/** The page of what a project has of one kind, by name, each row as it is now. */
export function ProjectList<Row extends LiveObject, Key extends QueryKey>(props: Props<Row, Key>) {
  const { title, add, empty } = props;
  const { tenant, project } = useProject();
  const [view] = useView<ListSearch>();
  const options = props.query(project.id, view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<Row>(options.queryKey, {
    tenant: tenant.id,
    project: project.id,
    kinds: [props.kind],
  });
  return (
    <div className="page">
      <PageHeader
        title={title}
        facts={<span>{props.intro}</span>}
        actions={add}
        api={{ method: 'GET', path: props.path(project.id), query: view }}
      />
      {props.above}
      <ResourceTable
        name={props.name}
        label={title}
        query={query}
        columns={props.columns}
        defaultOrder="name"
        changes={changes}
        onRefresh={() => void refresh()}
        empty={
          <EmptyState title={empty[0]} action={add}>
            {empty[1]}
          </EmptyState>
        }
      />
      {props.children}
    </div>
  );
}
