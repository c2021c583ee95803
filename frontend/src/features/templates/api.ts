import { etagOf, http, type Page } from '@shared/api/http';
import { queryOptions } from '@tanstack/react-query';

export interface Template {
  id: string;
  version: number;
  generation: number;
  /** null: of the platform's gallery. */
  tenant_id: string | null;
  tenant_slug: string | null;
  name: string;
  description: string;
  framework: string;
  spec: Record<string, unknown> & { roles?: { replicas?: number; name?: string; image?: string | null }[] };
  created_by: { id: string; name: string } | null;
  created_at: string;
  can: string[];
}

export interface TemplateGiven {
  name: string;
  description: string;
  spec: Record<string, unknown>;
}

/** All that the reader may start from. There are tens of them, not thousands. */
export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: ({ signal }) => http.get<Page<Template>>('/templates/', { query: { limit: 500, order: 'name' }, signal }),
});

export const createTemplate = (tenant: string | null, given: TemplateGiven) =>
  http.post<Template>(tenant ? `/tenants/${tenant}/templates/` : '/templates/', given);
export const changeTemplate = (template: Template, given: Partial<TemplateGiven>) =>
  http.patch<Template>(`/templates/${template.id}/`, given, { etag: etagOf(template) });
export const removeTemplate = (template: Template) =>
  http.delete(`/templates/${template.id}/`, { etag: etagOf(template) });

export const imagesOf = (template: Template): string[] => [
  ...new Set((template.spec.roles ?? []).map((role) => role.image).filter((image) => typeof image === 'string')),
];

/** Who may change it: a tenant's members who manage templates, and the platform's admins for the gallery. */
export const MANAGE = (template: Template) => (template.tenant_id ? 'templates.manage' : 'platform-templates.manage');
