--
-- PostgreSQL database dump
--

\restrict PhItl1YTgW7j5Af7ocGFa76UlkQ5gUYqhgovmdzT07ZZoWHC50N6yvAcjQZtP61

-- Dumped from database version 18.6
-- Dumped by pg_dump version 18.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: audit_refuse_change(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.audit_refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'audit entries are never changed or deleted' USING ERRCODE = 'insufficient_privilege';
END $$;


--
-- Name: quotas_clusters_shared(uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.quotas_clusters_shared(clusters uuid[]) RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT coalesce(array_agg(DISTINCT quota.cluster_id), '{}') FROM quotas_quota AS quota
    WHERE wall_stands() AND NOT wall_sees_all()
      AND quota.cluster_id = ANY (clusters) AND quota.tenant_id = ANY ((SELECT wall_places())::uuid[])
$$;


--
-- Name: quotas_held_by_others(uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.quotas_held_by_others(clusters uuid[]) RETURNS TABLE(cluster_id uuid, tenant_id uuid, flavor text, resource text, amount numeric)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT entry.cluster_id, entry.tenant_id, flavor.key, resource.key, sum(resource.value::bigint)
    FROM quotas_ledgerentry AS entry
    CROSS JOIN LATERAL jsonb_each(entry.amounts) AS flavor
    CROSS JOIN LATERAL jsonb_each_text(flavor.value) AS resource
    WHERE entry.until IS NULL AND entry.cluster_id = ANY ((SELECT quotas_clusters_shared(clusters))::uuid[])
      AND entry.tenant_id <> ALL ((SELECT wall_tenants())::uuid[]) AND entry.project_id <> ALL ((SELECT wall_projects())::uuid[])
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
$$;


--
-- Name: quotas_of_others(uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.quotas_of_others(clusters uuid[]) RETURNS TABLE(id uuid, tenant_id uuid, cluster_id uuid, cohort_id uuid, active boolean, lines jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT quota.id, quota.tenant_id, quota.cluster_id, quota.cohort_id, tenant.phase = 'active',
        (SELECT coalesce(jsonb_agg(jsonb_build_array(
                flavor.name, line.resource, line.nominal, line.borrowing_limit, line.lending_limit)), '[]')
            FROM quotas_quotaline AS line JOIN clusters_flavor AS flavor ON flavor.id = line.flavor_id
            WHERE line.quota_id = quota.id)
    FROM quotas_quota AS quota JOIN tenants_tenant AS tenant ON tenant.id = quota.tenant_id
    WHERE quota.cluster_id = ANY ((SELECT quotas_clusters_shared(clusters))::uuid[])
      AND quota.tenant_id <> ALL ((SELECT wall_places())::uuid[])
$$;


--
-- Name: quotas_work_of_others(uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.quotas_work_of_others(clusters uuid[]) RETURNS TABLE(id uuid, tenant_id uuid, project_id uuid, user_id uuid, cluster_id uuid, priority_class_id uuid, priority_value integer, state text, active boolean, gang boolean, any_cluster boolean, asked jsonb, pod_sets jsonb, admitted_counts jsonb, placements jsonb, reason text, waiting_for jsonb, evicting_since timestamp with time zone, reserved_since timestamp with time zone, queued_at timestamp with time zone, admitted_at timestamp with time zone, ended_counts jsonb, shrinking_to jsonb, resized_at timestamp with time zone, resize_pause_seconds integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT work.id, work.tenant_id, work.project_id, work.user_id, work.cluster_id, work.priority_class_id,
        work.priority_value, work.state, work.active, work.gang, work.any_cluster, work.asked, work.pod_sets,
        work.admitted_counts, work.placements, work.reason,
        jsonb_build_object('cluster', work.waiting_for -> 'cluster'), work.evicting_since, work.reserved_since,
        work.queued_at, work.admitted_at, work.ended_counts, work.shrinking_to, work.resized_at, work.resize_pause_seconds
    FROM quotas_workload AS work
    WHERE work.state IN ('pending', 'admitted')
      AND work.tenant_id <> ALL ((SELECT wall_tenants())::uuid[]) AND work.project_id <> ALL ((SELECT wall_projects())::uuid[])
      AND (work.cluster_id = ANY ((SELECT quotas_clusters_shared(clusters))::uuid[])
           OR work.cluster_id IS NULL AND work.tenant_id IN (
               SELECT quota.tenant_id FROM quotas_quota AS quota
               WHERE quota.cluster_id = ANY ((SELECT quotas_clusters_shared(clusters))::uuid[])))
$$;


--
-- Name: wall_enter(uuid, uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_enter(who uuid, by_token uuid) RETURNS TABLE(role text, tenant_id uuid, project_id uuid, second_factor boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    only_tenant uuid;
    only_project uuid;
    everything boolean := false;
    tenants uuid[] := '{}';
    places uuid[] := '{}';
    projects uuid[] := '{}';
BEGIN
    IF by_token IS NOT NULL THEN
        SELECT coalesce(project.tenant_id, token.tenant_id), token.project_id INTO only_tenant, only_project
            FROM tenants_apitoken AS token LEFT JOIN tenants_project AS project ON project.id = token.project_id
            WHERE token.id = by_token AND token.user_id = who;
        IF NOT FOUND THEN
            RETURN;
        END IF;
    END IF;
    FOR role, tenant_id, project_id, second_factor IN
        SELECT held.role, held.tenant_id, held.project_id, held.second_factor FROM wall_roles(who) AS held
    LOOP
        RETURN NEXT;
        CONTINUE WHEN only_tenant IS NOT NULL AND tenant_id <> only_tenant;
        IF only_project IS NOT NULL THEN
            CONTINUE WHEN project_id <> only_project;
            projects := ARRAY[only_project];
            places := ARRAY[only_tenant];
        ELSIF project_id IS NOT NULL THEN
            projects := projects || project_id;
            places := places || tenant_id;
        ELSIF coalesce(tenant_id, only_tenant) IS NOT NULL THEN
            tenants := tenants || coalesce(tenant_id, only_tenant);
            places := places || coalesce(tenant_id, only_tenant);
        ELSE
            everything := true;
        END IF;
    END LOOP;
    PERFORM set_config('hanse.user', who::text, true),
        set_config('hanse.principal', coalesce('token:' || by_token, 'user:' || who), true),
        set_config('hanse.sharee', CASE WHEN by_token IS NULL THEN who::text ELSE '' END, true),
        set_config('hanse.all', CASE WHEN everything THEN 'on' ELSE '' END, true),
        set_config('hanse.tenants', tenants::text, true),
        set_config('hanse.places', places::text, true),
        set_config('hanse.projects', projects::text, true);
END $$;


--
-- Name: wall_enter_invitation(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_enter_invitation(invitation uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT set_config('hanse.tenants', (wall_tenants() || offered.tenant_id)::text, true),
        set_config('hanse.places', (wall_places() || offered.tenant_id)::text, true)
    FROM tenants_invitation AS offered WHERE offered.id = invitation
$$;


--
-- Name: wall_enter_report(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_enter_report(reporting uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT set_config('hanse.principal', 'report:' || job.id, true),
        set_config('hanse.places', ARRAY[job.tenant_id]::text, true),
        set_config('hanse.projects', ARRAY[job.project_id]::text, true)
    FROM jobs_job AS job WHERE job.id = reporting
$$;


--
-- Name: wall_invitation_issue(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_invitation_issue(invitation uuid) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT issue FROM tenants_invitation WHERE id = invitation
$$;


--
-- Name: wall_places(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_places() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(nullif(current_setting('hanse.places', true), ''), '{}')::uuid[] $$;


--
-- Name: wall_principal(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_principal() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('hanse.principal', true), '') $$;


--
-- Name: wall_projects(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_projects() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(nullif(current_setting('hanse.projects', true), ''), '{}')::uuid[] $$;


--
-- Name: wall_proof(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_proof() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('hanse.proof', true), '') $$;


--
-- Name: wall_roles(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_roles(who uuid) RETURNS TABLE(role text, tenant_id uuid, project_id uuid, second_factor boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT DISTINCT member.role::text, member.tenant_id, member.project_id, coalesce(tenant.requires_second_factor, false)
    FROM tenants_member AS member LEFT JOIN tenants_tenant AS tenant ON tenant.id = member.tenant_id
    WHERE (member.user_id = who
           OR member.group_id IN (SELECT taken.group_id FROM accounts_group_users AS taken WHERE taken.user_id = who))
      AND tenant.phase IS DISTINCT FROM 'closed'
$$;


--
-- Name: wall_sees_all(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_sees_all() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(current_setting('hanse.all', true), '') = 'on' $$;


--
-- Name: wall_shared(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_shared() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT coalesce(array_agg(shown.id), '{}')
    FROM accounts_user AS person
    JOIN jobs_jobshare AS share
        ON share.user_id = person.id OR (share.user_id IS NULL AND share.email = person.email AND person.is_active)
    JOIN jobs_job AS job ON job.id = share.content_object_id
    CROSS JOIN LATERAL (VALUES (job.id), (job.project_id), (job.tenant_id)) AS shown(id)
    WHERE person.id = nullif(current_setting('hanse.sharee', true), '')::uuid
$$;


--
-- Name: wall_stands(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_stands() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT CASE current_setting('role')
        WHEN 'none' THEN NOT pg_has_role(session_user, 'hanse_worker', 'member')
        ELSE current_setting('role') NOT IN ('hanse_worker', 'hanse_owner')
    END
$$;


--
-- Name: wall_tenants(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_tenants() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(nullif(current_setting('hanse.tenants', true), ''), '{}')::uuid[] $$;


--
-- Name: wall_token_revoked(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_token_revoked(token uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT EXISTS (SELECT FROM tenants_apitoken WHERE id = token AND revoked_at IS NOT NULL)
$$;


--
-- Name: wall_tokens_alive(uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_tokens_alive(ids uuid[]) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT id FROM tenants_apitoken WHERE id = ANY (ids) AND revoked_at IS NULL AND expires_at > now()
$$;


--
-- Name: wall_user(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.wall_user() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('hanse.user', true), '')::uuid $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: account_emailaddress; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);


--
-- Name: account_emailaddress_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: account_emailconfirmation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);


--
-- Name: account_emailconfirmation_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_group; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_group (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    generation bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT accounts_group_generation_check CHECK ((generation >= 0))
);


--
-- Name: accounts_group_users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_group_users (
    id bigint NOT NULL,
    group_id uuid NOT NULL,
    user_id uuid NOT NULL
);


--
-- Name: accounts_group_users_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_group_users ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_group_users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_opensession; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_opensession (
    id uuid NOT NULL,
    session_key character varying(40) NOT NULL,
    opened_with character varying(20) NOT NULL,
    second_factor boolean NOT NULL,
    address character varying(60) NOT NULL,
    user_agent character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL
);


--
-- Name: accounts_provider; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_provider (
    id uuid NOT NULL,
    slug character varying(40) NOT NULL,
    name character varying(100) NOT NULL,
    issuer character varying(300) NOT NULL,
    client_id character varying(200) NOT NULL,
    secret text NOT NULL,
    domains jsonb NOT NULL,
    creates_accounts boolean NOT NULL,
    asks_second_factor boolean NOT NULL,
    groups_claim character varying(100) NOT NULL,
    group_rules jsonb NOT NULL,
    is_active boolean NOT NULL,
    generation bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT accounts_provider_generation_check CHECK ((generation >= 0))
);


--
-- Name: accounts_provideraccount; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_provideraccount (
    id uuid NOT NULL,
    subject character varying(255) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    provider_id uuid NOT NULL,
    user_id uuid NOT NULL
);


--
-- Name: accounts_user; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_user (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    id uuid NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(150) NOT NULL,
    is_active boolean NOT NULL,
    language character varying(10) NOT NULL,
    time_zone character varying(60) NOT NULL,
    theme character varying(10) NOT NULL,
    password_is_temporary boolean NOT NULL,
    access_version bigint NOT NULL,
    generation bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    kind character varying(10) NOT NULL,
    session_epoch integer NOT NULL,
    CONSTRAINT accounts_user_access_version_check CHECK ((access_version >= 0)),
    CONSTRAINT accounts_user_generation_check CHECK ((generation >= 0)),
    CONSTRAINT accounts_user_session_epoch_check CHECK ((session_epoch >= 0))
);


--
-- Name: accounts_user_groups; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_user_groups (
    id bigint NOT NULL,
    user_id uuid NOT NULL,
    group_id integer NOT NULL
);


--
-- Name: accounts_user_groups_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: accounts_user_user_permissions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts_user_user_permissions (
    id bigint NOT NULL,
    user_id uuid NOT NULL,
    permission_id integer NOT NULL
);


--
-- Name: accounts_user_user_permissions_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.accounts_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: audit_auditchain; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_auditchain (
    tenant_id uuid NOT NULL,
    sequence bigint NOT NULL,
    hash character varying(64) NOT NULL,
    CONSTRAINT audit_auditchain_sequence_check CHECK ((sequence >= 0))
);


--
-- Name: audit_auditentry; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_auditentry (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    sequence bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid NOT NULL,
    actor_label character varying(254) NOT NULL,
    token_id uuid,
    token_label character varying(100) NOT NULL,
    action character varying(60) NOT NULL,
    project_id uuid,
    subject_kind character varying(40) NOT NULL,
    subject_id character varying(60) NOT NULL,
    subject_label character varying(254) NOT NULL,
    before jsonb,
    after jsonb,
    address character varying(60) NOT NULL,
    request_id character varying(60) NOT NULL,
    previous_hash character varying(64) NOT NULL,
    hash character varying(64) NOT NULL,
    on_behalf_of_id uuid,
    on_behalf_of_label character varying(254) NOT NULL,
    CONSTRAINT audit_auditentry_sequence_check CHECK ((sequence >= 0))
);


--
-- Name: auth_group; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);


--
-- Name: auth_group_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_group_permissions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);


--
-- Name: auth_group_permissions_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_permission; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);


--
-- Name: auth_permission_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: clusters_cluster; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clusters_cluster (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    slug character varying(40) NOT NULL,
    name character varying(150) NOT NULL,
    kind character varying(12) NOT NULL,
    zone character varying(60) NOT NULL,
    labels jsonb NOT NULL,
    health character varying(10) NOT NULL,
    health_message character varying(300) NOT NULL,
    versions jsonb NOT NULL,
    capabilities jsonb NOT NULL,
    last_seen_at timestamp with time zone,
    announced_at timestamp with time zone,
    generation bigint NOT NULL,
    CONSTRAINT clusters_cluster_generation_check CHECK ((generation >= 0)),
    CONSTRAINT clusters_cluster_version_check CHECK ((version >= 0))
);


--
-- Name: clusters_flavor; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clusters_flavor (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(40) NOT NULL,
    kind character varying(6) NOT NULL,
    description character varying(300) NOT NULL,
    model character varying(100) NOT NULL,
    unit_memory_bytes bigint,
    device_resource character varying(100) NOT NULL,
    node_labels jsonb NOT NULL,
    node_taints jsonb NOT NULL,
    generation bigint NOT NULL,
    cluster_id uuid NOT NULL,
    CONSTRAINT clusters_flavor_generation_check CHECK ((generation >= 0)),
    CONSTRAINT clusters_flavor_unit_memory_bytes_check CHECK ((unit_memory_bytes >= 0)),
    CONSTRAINT clusters_flavor_version_check CHECK ((version >= 0))
);


--
-- Name: clusters_node; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clusters_node (
    id uuid NOT NULL,
    name character varying(253) NOT NULL,
    zone character varying(60) NOT NULL,
    labels jsonb NOT NULL,
    allocatable jsonb NOT NULL,
    used jsonb NOT NULL,
    health character varying(10) NOT NULL,
    health_message character varying(300) NOT NULL,
    schedulable boolean NOT NULL,
    last_seen_at timestamp with time zone,
    cluster_id uuid NOT NULL
);


--
-- Name: code_code; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.code_code (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    origin character varying(6) NOT NULL,
    name character varying(200) NOT NULL,
    format character varying(6) NOT NULL,
    sha256 character varying(64) NOT NULL,
    size_bytes bigint NOT NULL,
    files integer NOT NULL,
    unpacked_bytes bigint NOT NULL,
    url character varying(500) NOT NULL,
    commit character varying(64) NOT NULL,
    path character varying(500) NOT NULL,
    used_at timestamp with time zone NOT NULL,
    created_by_id uuid,
    project_id uuid NOT NULL,
    stored_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    CONSTRAINT code_code_files_check CHECK ((files >= 0)),
    CONSTRAINT code_code_size_bytes_check CHECK ((size_bytes >= 0)),
    CONSTRAINT code_code_unpacked_bytes_check CHECK ((unpacked_bytes >= 0)),
    CONSTRAINT code_code_version_check CHECK ((version >= 0))
);


--
-- Name: core_idempotencyrecord; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.core_idempotencyrecord (
    id bigint NOT NULL,
    actor character varying(60) NOT NULL,
    route character varying(300) NOT NULL,
    key character varying(200) NOT NULL,
    body_digest character varying(64) NOT NULL,
    status smallint,
    answer jsonb,
    headers jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT core_idempotencyrecord_status_check CHECK ((status >= 0))
);


--
-- Name: core_idempotencyrecord_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.core_idempotencyrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_idempotencyrecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: core_outboxevent; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.core_outboxevent (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    version bigint NOT NULL,
    tenant_id uuid,
    project_id uuid,
    op character varying(8) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    user_id uuid,
    CONSTRAINT core_outboxevent_version_check CHECK ((version >= 0))
);


--
-- Name: core_outboxevent_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.core_outboxevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_outboxevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: core_outboxhint; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.core_outboxhint (
    id bigint NOT NULL,
    task character varying(80) NOT NULL,
    arguments jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);


--
-- Name: core_outboxhint_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.core_outboxhint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_outboxhint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: core_outboxmail; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.core_outboxmail (
    id uuid NOT NULL,
    purpose character varying(60) NOT NULL,
    user_id uuid,
    address character varying(254) NOT NULL,
    subject character varying(200) NOT NULL,
    text text NOT NULL,
    html text NOT NULL,
    unsubscribe_path character varying(200) NOT NULL,
    phase character varying(10) NOT NULL,
    attempts integer NOT NULL,
    error character varying(500) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    leased_until timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT core_outboxmail_attempts_check CHECK ((attempts >= 0))
);


--
-- Name: core_outboxnotification; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.core_outboxnotification (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    tenant_id uuid,
    project_id uuid,
    object_kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    path character varying(300) NOT NULL,
    user_ids jsonb NOT NULL,
    arguments jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL
);


--
-- Name: core_outboxnotification_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.core_outboxnotification ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_outboxnotification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_content_type; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);


--
-- Name: django_content_type_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


--
-- Name: guardian_groupobjectpermission; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.guardian_groupobjectpermission (
    id integer NOT NULL,
    object_pk character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);


--
-- Name: guardian_groupobjectpermission_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.guardian_groupobjectpermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guardian_groupobjectpermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: guardian_userobjectpermission; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.guardian_userobjectpermission (
    id integer NOT NULL,
    object_pk character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    permission_id integer NOT NULL,
    user_id uuid NOT NULL
);


--
-- Name: guardian_userobjectpermission_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.guardian_userobjectpermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guardian_userobjectpermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: jobs_artifact; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.jobs_artifact (
    id uuid NOT NULL,
    attempt integer NOT NULL,
    rank integer NOT NULL,
    name character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    stored_id uuid NOT NULL,
    job_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    project_id uuid NOT NULL,
    CONSTRAINT jobs_artifact_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT jobs_artifact_rank_check CHECK ((rank >= 0))
);


--
-- Name: jobs_job; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.jobs_job (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    generation bigint NOT NULL,
    observed_generation bigint NOT NULL,
    next_reconcile_at timestamp with time zone,
    conditions jsonb NOT NULL,
    lease_holder character varying(100) NOT NULL,
    lease_expires_at timestamp with time zone,
    fence bigint NOT NULL,
    spec jsonb NOT NULL,
    name character varying(63) NOT NULL,
    description character varying(2000) NOT NULL,
    labels jsonb NOT NULL,
    framework character varying(12) NOT NULL,
    priority character varying(40) NOT NULL,
    phase character varying(12) NOT NULL,
    reason character varying(60) NOT NULL,
    message character varying(500) NOT NULL,
    why character varying(500) NOT NULL,
    queue_position integer,
    resources jsonb NOT NULL,
    resolved jsonb NOT NULL,
    quota_held boolean NOT NULL,
    attempt integer NOT NULL,
    restarts integer NOT NULL,
    replicas_wanted integer NOT NULL,
    replicas_running integer NOT NULL,
    progress double precision,
    eta_seconds double precision,
    metrics jsonb NOT NULL,
    progress_at timestamp with time zone,
    queued_at timestamp with time zone,
    admitted_at timestamp with time zone,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    deadline_at timestamp with time zone,
    restart_at timestamp with time zone,
    deleted_at timestamp with time zone,
    purge_at timestamp with time zone,
    cluster_id uuid,
    project_id uuid NOT NULL,
    submitted_by_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    failed_tries integer NOT NULL,
    retry_at timestamp with time zone,
    schedule_id uuid,
    schedule_name character varying(63) NOT NULL,
    said jsonb NOT NULL,
    CONSTRAINT jobs_job_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT jobs_job_failed_tries_check CHECK ((failed_tries >= 0)),
    CONSTRAINT jobs_job_fence_check CHECK ((fence >= 0)),
    CONSTRAINT jobs_job_generation_check CHECK ((generation >= 0)),
    CONSTRAINT jobs_job_observed_generation_check CHECK ((observed_generation >= 0)),
    CONSTRAINT jobs_job_queue_position_check CHECK ((queue_position >= 0)),
    CONSTRAINT jobs_job_replicas_running_check CHECK ((replicas_running >= 0)),
    CONSTRAINT jobs_job_replicas_wanted_check CHECK ((replicas_wanted >= 0)),
    CONSTRAINT jobs_job_restarts_check CHECK ((restarts >= 0)),
    CONSTRAINT jobs_job_version_check CHECK ((version >= 0))
);


--
-- Name: jobs_jobcode; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.jobs_jobcode (
    job_id uuid NOT NULL,
    state character varying(8) NOT NULL,
    commit character varying(64) NOT NULL,
    tries integer NOT NULL,
    next_try_at timestamp with time zone,
    message character varying(500) NOT NULL,
    code_id uuid,
    tenant_id uuid NOT NULL,
    CONSTRAINT jobs_jobcode_tries_check CHECK ((tries >= 0))
);


--
-- Name: jobs_jobsecret; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.jobs_jobsecret (
    id uuid NOT NULL,
    name character varying(63) NOT NULL,
    asked integer,
    secret_id uuid,
    version integer,
    pinned_at timestamp with time zone,
    job_id uuid NOT NULL,
    project_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    CONSTRAINT jobs_jobsecret_asked_check CHECK ((asked >= 0)),
    CONSTRAINT jobs_jobsecret_version_check CHECK ((version >= 0))
);


--
-- Name: jobs_jobshare; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.jobs_jobshare (
    id bigint NOT NULL,
    content_object_id uuid NOT NULL,
    permission_id integer NOT NULL,
    user_id uuid,
    email character varying(254) NOT NULL
);


--
-- Name: jobs_jobshare_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.jobs_jobshare ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.jobs_jobshare_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: jobs_replica; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.jobs_replica (
    id uuid NOT NULL,
    attempt integer NOT NULL,
    role character varying(40) NOT NULL,
    index integer NOT NULL,
    rank integer NOT NULL,
    node character varying(253) NOT NULL,
    phase character varying(12) NOT NULL,
    exit_code integer,
    signal smallint,
    reason character varying(60) NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    job_id uuid NOT NULL,
    log_complete boolean NOT NULL,
    tenant_id uuid NOT NULL,
    project_id uuid NOT NULL,
    CONSTRAINT jobs_replica_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT jobs_replica_index_check CHECK ((index >= 0)),
    CONSTRAINT jobs_replica_rank_check CHECK ((rank >= 0)),
    CONSTRAINT jobs_replica_signal_check CHECK ((signal >= 0))
);


--
-- Name: jobs_schedule; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.jobs_schedule (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(63) NOT NULL,
    cron character varying(100) NOT NULL,
    time_zone character varying(60) NOT NULL,
    spec jsonb,
    overlap character varying(10) NOT NULL,
    missed character varying(10) NOT NULL,
    starting_deadline_seconds integer NOT NULL,
    state character varying(10) NOT NULL,
    state_reason character varying(60) NOT NULL,
    next_run_at timestamp with time zone,
    last_due_at timestamp with time zone,
    last_outcome character varying(10) NOT NULL,
    last_reason character varying(60) NOT NULL,
    last_job_id uuid,
    generation bigint NOT NULL,
    owner_id uuid NOT NULL,
    project_id uuid NOT NULL,
    template_id uuid,
    tenant_id uuid NOT NULL,
    CONSTRAINT jobs_schedule_generation_check CHECK ((generation >= 0)),
    CONSTRAINT jobs_schedule_starting_deadline_seconds_check CHECK ((starting_deadline_seconds >= 0)),
    CONSTRAINT jobs_schedule_version_check CHECK ((version >= 0))
);


--
-- Name: jobs_schedulerun; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.jobs_schedulerun (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL,
    by_hand boolean NOT NULL,
    outcome character varying(10) NOT NULL,
    reason character varying(60) NOT NULL,
    message character varying(500) NOT NULL,
    job_id uuid,
    created_at timestamp with time zone NOT NULL,
    schedule_id uuid NOT NULL
);


--
-- Name: jobs_template; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.jobs_template (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(63) NOT NULL,
    description character varying(500) NOT NULL,
    spec jsonb NOT NULL,
    generation bigint NOT NULL,
    created_by_id uuid,
    tenant_id uuid,
    CONSTRAINT jobs_template_generation_check CHECK ((generation >= 0)),
    CONSTRAINT jobs_template_version_check CHECK ((version >= 0))
);


--
-- Name: jobs_timelineentry; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.jobs_timelineentry (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    attempt integer NOT NULL,
    phase character varying(12) NOT NULL,
    reason character varying(60) NOT NULL,
    message character varying(500) NOT NULL,
    actor_id uuid,
    actor_label character varying(254) NOT NULL,
    job_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    project_id uuid NOT NULL,
    CONSTRAINT jobs_timelineentry_attempt_check CHECK ((attempt >= 0))
);


--
-- Name: mfa_authenticator; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);


--
-- Name: mfa_authenticator_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: monitoring_inbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.monitoring_inbox (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    choices jsonb NOT NULL,
    generation bigint NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT monitoring_inbox_generation_check CHECK ((generation >= 0)),
    CONSTRAINT monitoring_inbox_version_check CHECK ((version >= 0))
);


--
-- Name: monitoring_logchunk; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.monitoring_logchunk (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    project_id uuid NOT NULL,
    subject_kind character varying(20) NOT NULL,
    subject_id uuid NOT NULL,
    attempt integer NOT NULL,
    rank integer NOT NULL,
    first_number bigint NOT NULL,
    last_number bigint NOT NULL,
    line_count integer NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    source_position bigint NOT NULL,
    object_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT monitoring_logchunk_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT monitoring_logchunk_first_number_check CHECK ((first_number >= 0)),
    CONSTRAINT monitoring_logchunk_last_number_check CHECK ((last_number >= 0)),
    CONSTRAINT monitoring_logchunk_line_count_check CHECK ((line_count >= 0)),
    CONSTRAINT monitoring_logchunk_rank_check CHECK ((rank >= 0)),
    CONSTRAINT monitoring_logchunk_source_position_check CHECK ((source_position >= 0))
);


--
-- Name: monitoring_metricpoint; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.monitoring_metricpoint (
    id bigint NOT NULL,
    subject_kind character varying(20) NOT NULL,
    subject_id uuid NOT NULL,
    attempt integer NOT NULL,
    rank integer,
    name character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    value double precision NOT NULL,
    tenant_id uuid NOT NULL,
    project_id uuid NOT NULL,
    CONSTRAINT monitoring_metricpoint_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT monitoring_metricpoint_rank_check CHECK ((rank >= 0))
);


--
-- Name: monitoring_metricpoint_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.monitoring_metricpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.monitoring_metricpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: monitoring_mute; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.monitoring_mute (
    id uuid NOT NULL,
    object_kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    label character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL
);


--
-- Name: monitoring_notification; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.monitoring_notification (
    id uuid NOT NULL,
    code character varying(60) NOT NULL,
    severity character varying(10) NOT NULL,
    tenant_id uuid,
    project_id uuid,
    object_kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    path character varying(300) NOT NULL,
    arguments jsonb NOT NULL,
    count integer NOT NULL,
    bell boolean NOT NULL,
    mail_id uuid,
    digest_at timestamp with time zone,
    read_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT monitoring_notification_count_check CHECK ((count >= 0))
);


--
-- Name: quotas_cohort; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quotas_cohort (
    id uuid NOT NULL,
    name character varying(40) NOT NULL,
    description character varying(300) NOT NULL,
    reclaim_within_cohort character varying(14) NOT NULL,
    generation bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    cluster_id uuid NOT NULL,
    CONSTRAINT quotas_cohort_generation_check CHECK ((generation >= 0))
);


--
-- Name: quotas_ledgerentry; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quotas_ledgerentry (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    project_id uuid NOT NULL,
    user_id uuid NOT NULL,
    cluster_id uuid NOT NULL,
    workload_id uuid NOT NULL,
    subject_kind character varying(20) NOT NULL,
    subject_id uuid NOT NULL,
    subject_name character varying(100) NOT NULL,
    amounts jsonb NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone
);


--
-- Name: quotas_priorityclass; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quotas_priorityclass (
    id uuid NOT NULL,
    name character varying(40) NOT NULL,
    value integer NOT NULL,
    description character varying(300) NOT NULL,
    starts_within_seconds integer,
    restricted boolean NOT NULL,
    generation bigint NOT NULL,
    CONSTRAINT quotas_priorityclass_generation_check CHECK ((generation >= 0)),
    CONSTRAINT quotas_priorityclass_starts_within_seconds_check CHECK ((starts_within_seconds >= 0))
);


--
-- Name: quotas_quota; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quotas_quota (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    generation bigint NOT NULL,
    cluster_id uuid NOT NULL,
    cohort_id uuid,
    tenant_id uuid NOT NULL,
    CONSTRAINT quotas_quota_generation_check CHECK ((generation >= 0)),
    CONSTRAINT quotas_quota_version_check CHECK ((version >= 0))
);


--
-- Name: quotas_quotaline; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quotas_quotaline (
    id bigint NOT NULL,
    resource character varying(10) NOT NULL,
    nominal bigint NOT NULL,
    borrowing_limit bigint,
    lending_limit bigint,
    flavor_id uuid NOT NULL,
    quota_id uuid NOT NULL,
    CONSTRAINT lends_of_its_nominal CHECK (((lending_limit IS NULL) OR (lending_limit <= nominal))),
    CONSTRAINT quotas_quotaline_borrowing_limit_check CHECK ((borrowing_limit >= 0)),
    CONSTRAINT quotas_quotaline_lending_limit_check CHECK ((lending_limit >= 0)),
    CONSTRAINT quotas_quotaline_nominal_check CHECK ((nominal >= 0))
);


--
-- Name: quotas_quotaline_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.quotas_quotaline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quotas_quotaline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: quotas_quotarequest; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quotas_quotarequest (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    asks character varying(12) NOT NULL,
    resource character varying(10) NOT NULL,
    amount bigint NOT NULL,
    reason character varying(500) NOT NULL,
    until timestamp with time zone,
    state character varying(10) NOT NULL,
    granted bigint,
    decided_at timestamp with time zone,
    decision_reason character varying(500) NOT NULL,
    ended_at timestamp with time zone,
    returned bigint,
    generation bigint NOT NULL,
    decided_by_id uuid,
    flavor_id uuid,
    project_id uuid,
    requested_by_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    CONSTRAINT asks_for_something CHECK ((amount > 0)),
    CONSTRAINT quotas_quotarequest_amount_check CHECK ((amount >= 0)),
    CONSTRAINT quotas_quotarequest_generation_check CHECK ((generation >= 0)),
    CONSTRAINT quotas_quotarequest_granted_check CHECK ((granted >= 0)),
    CONSTRAINT quotas_quotarequest_returned_check CHECK ((returned >= 0)),
    CONSTRAINT quotas_quotarequest_version_check CHECK ((version >= 0)),
    CONSTRAINT shares_are_of_a_project CHECK (((((asks)::text = ANY ((ARRAY['guarantee'::character varying, 'cap'::character varying])::text[])) AND (project_id IS NOT NULL)) OR (NOT ((asks)::text = ANY ((ARRAY['guarantee'::character varying, 'cap'::character varying])::text[])))))
);


--
-- Name: quotas_share; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quotas_share (
    id bigint NOT NULL,
    resource character varying(10) NOT NULL,
    guaranteed bigint NOT NULL,
    cap bigint,
    flavor_id uuid NOT NULL,
    project_id uuid NOT NULL,
    quota_id uuid NOT NULL,
    CONSTRAINT cap_covers_guarantee CHECK (((cap IS NULL) OR (cap >= guaranteed))),
    CONSTRAINT quotas_share_cap_check CHECK ((cap >= 0)),
    CONSTRAINT quotas_share_guaranteed_check CHECK ((guaranteed >= 0))
);


--
-- Name: quotas_share_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.quotas_share ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quotas_share_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: quotas_usercap; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quotas_usercap (
    id uuid NOT NULL,
    running_workloads integer,
    gpus integer,
    may_use_restricted_priorities boolean NOT NULL,
    generation bigint NOT NULL,
    tenant_id uuid NOT NULL,
    user_id uuid,
    CONSTRAINT quotas_usercap_generation_check CHECK ((generation >= 0)),
    CONSTRAINT quotas_usercap_gpus_check CHECK ((gpus >= 0)),
    CONSTRAINT quotas_usercap_running_workloads_check CHECK ((running_workloads >= 0))
);


--
-- Name: quotas_workload; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quotas_workload (
    id uuid NOT NULL,
    subject_kind character varying(20) NOT NULL,
    subject_id uuid NOT NULL,
    subject_name character varying(100) NOT NULL,
    priority_value integer NOT NULL,
    gang boolean NOT NULL,
    asked jsonb NOT NULL,
    any_cluster boolean NOT NULL,
    pod_sets jsonb NOT NULL,
    resolved jsonb NOT NULL,
    admitted_counts jsonb NOT NULL,
    placements jsonb NOT NULL,
    state character varying(10) NOT NULL,
    active boolean NOT NULL,
    reason character varying(40) NOT NULL,
    message character varying(500) NOT NULL,
    waiting_for jsonb NOT NULL,
    evicting_since timestamp with time zone,
    reserved_since timestamp with time zone,
    queued_at timestamp with time zone NOT NULL,
    admitted_at timestamp with time zone,
    finished_at timestamp with time zone,
    cluster_id uuid,
    priority_class_id uuid NOT NULL,
    project_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    ended_counts jsonb NOT NULL,
    resize_pause_seconds integer NOT NULL,
    resized_at timestamp with time zone,
    shrinking_to jsonb,
    said jsonb NOT NULL,
    CONSTRAINT quotas_workload_resize_pause_seconds_check CHECK ((resize_pause_seconds >= 0))
);


--
-- Name: secrets_secret; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.secrets_secret (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(63) NOT NULL,
    kind character varying(12) NOT NULL,
    description character varying(500) NOT NULL,
    newest integer NOT NULL,
    keys jsonb NOT NULL,
    rotated_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    generation bigint NOT NULL,
    created_by_id uuid NOT NULL,
    project_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    CONSTRAINT secrets_secret_generation_check CHECK ((generation >= 0)),
    CONSTRAINT secrets_secret_newest_check CHECK ((newest >= 0)),
    CONSTRAINT secrets_secret_version_check CHECK ((version >= 0))
);


--
-- Name: secrets_secretversion; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.secrets_secretversion (
    id uuid NOT NULL,
    number integer NOT NULL,
    keys jsonb NOT NULL,
    size_bytes integer NOT NULL,
    data text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    destroyed_at timestamp with time zone,
    created_by_id uuid NOT NULL,
    secret_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    CONSTRAINT secrets_secretversion_number_check CHECK ((number >= 0)),
    CONSTRAINT secrets_secretversion_size_bytes_check CHECK ((size_bytes >= 0))
);


--
-- Name: storage_storedobject; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.storage_storedobject (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    project_id uuid NOT NULL,
    producer_kind character varying(20) NOT NULL,
    producer_id uuid NOT NULL,
    purpose character varying(20) NOT NULL,
    name character varying(300) NOT NULL,
    path character varying(500) NOT NULL,
    size_bytes bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    media_type character varying(100) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    given_up_at timestamp with time zone,
    CONSTRAINT storage_storedobject_size_bytes_check CHECK ((size_bytes >= 0))
);


--
-- Name: tenants_apitoken; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenants_apitoken (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    hint character varying(20) NOT NULL,
    digest character varying(64) NOT NULL,
    permissions jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    user_id uuid NOT NULL,
    project_id uuid,
    tenant_id uuid,
    replaced_at timestamp with time zone,
    end_told_at timestamp with time zone,
    CONSTRAINT project_with_its_tenant CHECK (((project_id IS NULL) OR (tenant_id IS NOT NULL)))
);


--
-- Name: tenants_invitation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenants_invitation (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    email character varying(254) NOT NULL,
    role character varying(20) NOT NULL,
    issue integer NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    revoked_at timestamp with time zone,
    generation bigint NOT NULL,
    accepted_by_id uuid,
    invited_by_id uuid NOT NULL,
    project_id uuid,
    tenant_id uuid NOT NULL,
    token_id uuid,
    CONSTRAINT tenants_invitation_generation_check CHECK ((generation >= 0)),
    CONSTRAINT tenants_invitation_issue_check CHECK ((issue >= 0)),
    CONSTRAINT tenants_invitation_version_check CHECK ((version >= 0))
);


--
-- Name: tenants_member; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenants_member (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    role character varying(20) NOT NULL,
    generation bigint NOT NULL,
    group_id uuid,
    user_id uuid,
    project_id uuid,
    tenant_id uuid,
    CONSTRAINT member_is_user_or_group CHECK ((((group_id IS NOT NULL) AND (user_id IS NULL)) OR ((group_id IS NULL) AND (user_id IS NOT NULL)))),
    CONSTRAINT platform_roles_on_the_platform_only CHECK ((((project_id IS NULL) AND ((role)::text = ANY ((ARRAY['auditor'::character varying, 'operator'::character varying, 'platform-admin'::character varying])::text[])) AND (tenant_id IS NULL)) OR ((tenant_id IS NOT NULL) AND (NOT ((role)::text = ANY ((ARRAY['auditor'::character varying, 'operator'::character varying, 'platform-admin'::character varying])::text[])))))),
    CONSTRAINT tenants_member_generation_check CHECK ((generation >= 0)),
    CONSTRAINT tenants_member_version_check CHECK ((version >= 0))
);


--
-- Name: tenants_project; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenants_project (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    slug character varying(40) NOT NULL,
    name character varying(150) NOT NULL,
    description text NOT NULL,
    generation bigint NOT NULL,
    tenant_id uuid NOT NULL,
    CONSTRAINT tenants_project_generation_check CHECK ((generation >= 0)),
    CONSTRAINT tenants_project_version_check CHECK ((version >= 0))
);


--
-- Name: tenants_serviceaccount; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenants_serviceaccount (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(40) NOT NULL,
    description character varying(300) NOT NULL,
    generation bigint NOT NULL,
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT tenants_serviceaccount_generation_check CHECK ((generation >= 0)),
    CONSTRAINT tenants_serviceaccount_version_check CHECK ((version >= 0))
);


--
-- Name: tenants_tenant; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenants_tenant (
    id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    slug character varying(40) NOT NULL,
    name character varying(150) NOT NULL,
    description text NOT NULL,
    phase character varying(10) NOT NULL,
    phase_reason character varying(300) NOT NULL,
    generation bigint NOT NULL,
    requires_second_factor boolean NOT NULL,
    CONSTRAINT tenants_tenant_generation_check CHECK ((generation >= 0)),
    CONSTRAINT tenants_tenant_version_check CHECK ((version >= 0))
);


--
-- Data for Name: account_emailaddress; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.account_emailaddress (id, email, verified, "primary", user_id) FROM stdin;
\.


--
-- Data for Name: account_emailconfirmation; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.account_emailconfirmation (id, created, sent, key, email_address_id) FROM stdin;
\.


--
-- Data for Name: accounts_group; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.accounts_group (id, name, generation, created_at) FROM stdin;
01a21430-8995-7147-a464-55a94610f666	reviewers	2	2026-11-25 19:30:54.997622+00
\.


--
-- Data for Name: accounts_group_users; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.accounts_group_users (id, group_id, user_id) FROM stdin;
1	01a21430-8995-7147-a464-55a94610f666	01a21430-7bde-73e6-8472-545c739c07e8
\.


--
-- Data for Name: accounts_opensession; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.accounts_opensession (id, session_key, opened_with, second_factor, address, user_agent, created_at, last_seen_at, user_id) FROM stdin;
01a21430-bf0f-774d-8a40-ce53cc0d01aa	b70nzacwwtzk3g5dlpqx3x33zfi7mdmd	password	f	127.0.0.1	python-httpx/0.28.1	2026-11-25 19:31:08.68803+00	2026-11-25 19:31:08.7499+00	01a21430-7629-7040-bc28-29e19da37a80
01a21430-c31a-716f-ba5e-ce2e5c9459bf	6y76dfglyvqv0579ha9hk6385x3q3fhu	password	f	127.0.0.1	python-httpx/0.28.1	2026-11-25 19:31:09.722758+00	2026-11-25 19:31:09.835039+00	01a21430-7915-70f4-8f51-c00a9ba1af45
\.


--
-- Data for Name: accounts_provider; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.accounts_provider (id, slug, name, issuer, client_id, secret, domains, creates_accounts, asks_second_factor, groups_claim, group_rules, is_active, generation, created_at) FROM stdin;
\.


--
-- Data for Name: accounts_provideraccount; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.accounts_provideraccount (id, subject, created_at, provider_id, user_id) FROM stdin;
\.


--
-- Data for Name: accounts_user; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.accounts_user (password, last_login, is_superuser, id, email, name, is_active, language, time_zone, theme, password_is_temporary, access_version, generation, created_at, kind, session_epoch) FROM stdin;
pbkdf2_sha256$1000000$XfWNJgPoL22o7DwJcrXSqn$GcxoH0+0t7mEzc2FgI4P10hrM1HQ09wUnNKAWNyUQvk=	\N	f	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	Ada Marchetti	t			system	f	2	1	2026-11-25 19:30:52.934424+00	person	0
pbkdf2_sha256$1000000$yuVACYME5tzxDmtFTCvOpC$fnzNbd+4NQmixbzrrvs/WuHN1eAE1R+V6ra63VpzZeI=	\N	f	01a21430-84a3-7190-9ed4-74044612b888	iris@hanse.example	Iris Okafor	t			system	f	2	1	2026-11-25 19:30:53.731163+00	person	0
!1YavIYTEbcJYjGc7ytFJ3yQcLjYopzbUkMnGO7WL	\N	f	01a21430-8915-71b0-be73-57eec3956472	nightly@aurora.invalid	nightly	t			system	f	2	1	2026-11-25 19:30:54.869755+00	service	0
pbkdf2_sha256$1000000$oqAcsEdE9STWewtAsxjuAI$8JDLaKGucFtTYmn+n/9IeASWt++8lNKXeLrlPfk+sj8=	\N	f	01a21430-7ea9-753d-b29a-83e95b8b4125	ben@borealis.example	Ben Zhao	t			system	f	2	1	2026-11-25 19:30:52.201989+00	person	0
pbkdf2_sha256$1000000$PBBzuAxyydGxSzAMoQqyOA$YOoOS0gRZIxdD0ntn+DgJ/CDwxy1TObjIoLF9pqXDKI=	\N	f	01a21430-7bde-73e6-8472-545c739c07e8	vera@aurora.example	Vera Costa	t			system	f	5	1	2026-11-25 19:30:51.486286+00	person	0
pbkdf2_sha256$1000000$Bk67nXUNAThUk9cIcxShLs$P1fJ+9B7h6u1HU9CDVWSKsz4UpS1XTh6ozDl6l1C7d8=	2026-11-25 19:31:08.679714+00	f	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	Ann Lindqvist	t			system	f	2	1	2026-11-25 19:30:50.025932+00	person	0
pbkdf2_sha256$1000000$0TEwAXK6sfFl8vgRvIu2Hw$TuCEel1LDENmU3uRc8WwHpNwmvSCXWixFeT7dTHQkqg=	2026-11-25 19:31:09.719616+00	f	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	Otto Brandt	t			system	f	2	1	2026-11-25 19:30:50.773698+00	person	0
\.


--
-- Data for Name: accounts_user_groups; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.accounts_user_groups (id, user_id, group_id) FROM stdin;
\.


--
-- Data for Name: accounts_user_user_permissions; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.accounts_user_user_permissions (id, user_id, permission_id) FROM stdin;
\.


--
-- Data for Name: audit_auditchain; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.audit_auditchain (tenant_id, sequence, hash) FROM stdin;
01a21430-87de-72b4-9670-4ebd8eb830cb	32	86444d550d1f3a1395ed72af02abcab598e5213556dbae47d3b193b4a9deba4d
01a21430-892a-7249-bfc4-7e35b3eaa4a2	5	877d4585c42c677c2eb5b679595bec69788bf6ddd9a903e9d144488d9a0a38d6
00000000-0000-0000-0000-000000000000	24	12055e25fcee66842016f53d97bb208b7ea50e222f0f6199925dc2f408486f0b
\.


--
-- Data for Name: audit_auditentry; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.audit_auditentry (id, tenant_id, sequence, at, actor_id, actor_label, token_id, token_label, action, project_id, subject_kind, subject_id, subject_label, before, after, address, request_id, previous_hash, hash, on_behalf_of_id, on_behalf_of_label) FROM stdin;
01a21430-790f-710d-9bc9-6477981aa630	00000000-0000-0000-0000-000000000000	1	2026-11-25 19:30:50.767491+00	00000000-0000-0000-0000-000000000000	demonstration	\N		user.create	\N	user	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N	{"name": "Ann Lindqvist", "email": "ann@aurora.example", "theme": "system", "language": "", "is_active": true, "time_zone": ""}			0000000000000000000000000000000000000000000000000000000000000000	7224882e7ca3108d228fc8d70d1446e3a4ebc17d92befb08c6c9178789461694	\N	
01a21430-7bdc-700e-9fa7-a5c556964500	00000000-0000-0000-0000-000000000000	2	2026-11-25 19:30:51.484666+00	00000000-0000-0000-0000-000000000000	demonstration	\N		user.create	\N	user	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	\N	{"name": "Otto Brandt", "email": "otto@aurora.example", "theme": "system", "language": "", "is_active": true, "time_zone": ""}			7224882e7ca3108d228fc8d70d1446e3a4ebc17d92befb08c6c9178789461694	c52ad611ba99365def0d73afce4289162d97f757da230ba154310051e3e16829	\N	
01a21430-7ea3-767c-be36-b40cb3f82326	00000000-0000-0000-0000-000000000000	3	2026-11-25 19:30:52.195644+00	00000000-0000-0000-0000-000000000000	demonstration	\N		user.create	\N	user	01a21430-7bde-73e6-8472-545c739c07e8	vera@aurora.example	\N	{"name": "Vera Costa", "email": "vera@aurora.example", "theme": "system", "language": "", "is_active": true, "time_zone": ""}			c52ad611ba99365def0d73afce4289162d97f757da230ba154310051e3e16829	d05fb60239d30e44c0af1aa44918c002fcd65815640a913b1ac39faabfdf8744	\N	
01a21430-817e-7391-ba9d-c2b2148019b1	00000000-0000-0000-0000-000000000000	4	2026-11-25 19:30:52.926064+00	00000000-0000-0000-0000-000000000000	demonstration	\N		user.create	\N	user	01a21430-7ea9-753d-b29a-83e95b8b4125	ben@borealis.example	\N	{"name": "Ben Zhao", "email": "ben@borealis.example", "theme": "system", "language": "", "is_active": true, "time_zone": ""}			d05fb60239d30e44c0af1aa44918c002fcd65815640a913b1ac39faabfdf8744	348a4dd10891d55619c9184491e9205cb252c3cfb6d68612b0a874abaf547a6f	\N	
01a21430-8482-753a-b33e-c57d1ac47bb3	00000000-0000-0000-0000-000000000000	5	2026-11-25 19:30:53.698056+00	00000000-0000-0000-0000-000000000000	demonstration	\N		user.create	\N	user	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N	{"name": "Ada Marchetti", "email": "admin@hanse.example", "theme": "system", "language": "", "is_active": true, "time_zone": ""}			348a4dd10891d55619c9184491e9205cb252c3cfb6d68612b0a874abaf547a6f	f2ce786deb2c42c712bdf15dcb8f3d4748e09b8663f3baf2420f8692cc945584	\N	
01a21430-8499-7584-be48-54570b9404a2	00000000-0000-0000-0000-000000000000	6	2026-11-25 19:30:53.721763+00	00000000-0000-0000-0000-000000000000	demonstration	\N		member.add	\N	member	01a21430-8483-71c1-a504-2865d32aed20	admin@hanse.example as platform-admin	\N	{"who": "admin@hanse.example", "role": "platform-admin", "project": null}			f2ce786deb2c42c712bdf15dcb8f3d4748e09b8663f3baf2420f8692cc945584	a6dede8dec55faa85cc6a77c0556a9b172dc0f6504aa305766ac9bf7e70233cc	\N	
01a21430-877b-7229-a2b5-eecd16e82e38	00000000-0000-0000-0000-000000000000	7	2026-11-25 19:30:54.459385+00	00000000-0000-0000-0000-000000000000	demonstration	\N		user.create	\N	user	01a21430-84a3-7190-9ed4-74044612b888	iris@hanse.example	\N	{"name": "Iris Okafor", "email": "iris@hanse.example", "theme": "system", "language": "", "is_active": true, "time_zone": ""}			a6dede8dec55faa85cc6a77c0556a9b172dc0f6504aa305766ac9bf7e70233cc	db0c960bd3e18f8e36b65f47106d1d658c2e7ae8c1dcd753c580aea4afee3c20	\N	
01a21430-878e-75d2-9207-86beffa28c1c	00000000-0000-0000-0000-000000000000	8	2026-11-25 19:30:54.478086+00	00000000-0000-0000-0000-000000000000	demonstration	\N		member.add	\N	member	01a21430-8783-7367-a84e-5e826f7cda12	iris@hanse.example as auditor	\N	{"who": "iris@hanse.example", "role": "auditor", "project": null}			db0c960bd3e18f8e36b65f47106d1d658c2e7ae8c1dcd753c580aea4afee3c20	63031e5c770f87c621b4dbd3dd1d83a055052cb9c6be8a443f9a554543b57bcc	\N	
01a21430-879a-7624-85e8-e9c1e3972fc8	00000000-0000-0000-0000-000000000000	9	2026-11-25 19:30:54.4906+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		cluster.register	\N	cluster	01a21430-8795-754b-9741-d41a8e0062ed	harbour	\N	{"kind": "local", "name": "This machine", "slug": "harbour"}			63031e5c770f87c621b4dbd3dd1d83a055052cb9c6be8a443f9a554543b57bcc	b35630562086e6e84543621bd4d516b3b72828c8f63bbca3504621c62f38df53	\N	
01a21430-87a5-779f-97f1-77eb5d6c6503	00000000-0000-0000-0000-000000000000	10	2026-11-25 19:30:54.501588+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		flavor.create	\N	flavor	01a21430-879e-7262-aa76-31fe8d46085c	harbour/cpu	\N	{"kind": "cpu", "name": "cpu", "cluster": "harbour", "description": "Processor and memory."}			b35630562086e6e84543621bd4d516b3b72828c8f63bbca3504621c62f38df53	6a63932b757056f64feb30624e45e68f9b624fe47b6aab7143c0420d51c68ffb	\N	
01a21430-87b0-760c-a646-ca96a9dba47d	00000000-0000-0000-0000-000000000000	11	2026-11-25 19:30:54.513003+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		cohort.create	\N	cohort	01a21430-87a7-7489-acc6-5ebf6a947a20	harbour/commons	\N	{"name": "commons", "cluster": "harbour", "description": "All who share this machine."}			6a63932b757056f64feb30624e45e68f9b624fe47b6aab7143c0420d51c68ffb	57503363d8eda696021db8fa4cf87e829b867203f243aea836959500d0ab42c9	\N	
01a21430-87b8-718d-9335-49ba0826fa08	00000000-0000-0000-0000-000000000000	12	2026-11-25 19:30:54.520699+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		flavor.create	\N	flavor	01a21430-87b6-73bc-9405-37992c74368e	harbour/a100	\N	{"kind": "gpu", "name": "a100", "model": "NVIDIA A100-SXM4-80GB", "cluster": "harbour", "description": "Demonstration only: no such device is in this machine. Work that asks for one is refused, and told so.", "device_resource": "nvidia.com/gpu", "unit_memory_bytes": 85899345920}			57503363d8eda696021db8fa4cf87e829b867203f243aea836959500d0ab42c9	163f1aba8f8d843feb6851bd4ee5f5da5d37e98f574b7beb9dd5e720be7d9b10	\N	
01a21430-87c1-715e-a2e2-bfecb065f4c9	00000000-0000-0000-0000-000000000000	13	2026-11-25 19:30:54.529286+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		flavor.create	\N	flavor	01a21430-87be-7560-91d5-a9bb2ae8f1e4	harbour/l40s	\N	{"kind": "gpu", "name": "l40s", "model": "NVIDIA L40S", "cluster": "harbour", "description": "Demonstration only: no such device is in this machine. Work that asks for one is refused, and told so.", "device_resource": "nvidia.com/gpu", "unit_memory_bytes": 51539607552}			163f1aba8f8d843feb6851bd4ee5f5da5d37e98f574b7beb9dd5e720be7d9b10	f6f382887e0f4b7e2e8b2b5be7e822062634497c4fd713f50f3a8777d0d75255	\N	
01a21430-87ca-75af-9e8d-0d8648ac733d	00000000-0000-0000-0000-000000000000	14	2026-11-25 19:30:54.539013+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		flavor.create	\N	flavor	01a21430-87c6-7775-9e33-be2dbd3da9af	harbour/alveo	\N	{"kind": "fpga", "name": "alveo", "model": "AMD Alveo U280", "cluster": "harbour", "description": "Demonstration only: no such device is in this machine. Work that asks for one is refused, and told so.", "device_resource": "amd.com/xilinx_u280"}			f6f382887e0f4b7e2e8b2b5be7e822062634497c4fd713f50f3a8777d0d75255	163c1d8630c3a76032552f93d7cdcfebfc8e1a009e75bb8b2ac195205f185916	\N	
01a21430-87d5-74df-ab6e-b2d16159a733	00000000-0000-0000-0000-000000000000	15	2026-11-25 19:30:54.549593+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		flavor.create	\N	flavor	01a21430-87ce-778c-b4ce-da096daf30c5	harbour/infiniband	\N	{"kind": "rdma", "name": "infiniband", "model": "NVIDIA ConnectX-7 NDR", "cluster": "harbour", "description": "Demonstration only: no such device is in this machine. Work that asks for one is refused, and told so.", "device_resource": "rdma/hca"}			163c1d8630c3a76032552f93d7cdcfebfc8e1a009e75bb8b2ac195205f185916	dc7ab46530eb20677aa9a8527c103bb7f65ccae3f8b56a80881f91c0e56a700a	\N	
01a21430-87e9-75bb-baa9-f8b8df0a8472	01a21430-87de-72b4-9670-4ebd8eb830cb	1	2026-11-25 19:30:54.569109+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		tenant.create	\N	tenant	01a21430-87de-72b4-9670-4ebd8eb830cb	aurora	\N	{"name": "Aurora Robotics", "slug": "aurora", "phase": "active", "description": "", "phase_reason": "", "requires_second_factor": false}			0000000000000000000000000000000000000000000000000000000000000000	b3661c9af28f3185e272b1ec0c6597269c95e8ac33b97904a10df937432be86d	\N	
01a21430-87f5-7546-bcec-b8570ccf0f9f	01a21430-87de-72b4-9670-4ebd8eb830cb	2	2026-11-25 19:30:54.58154+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		project.create	01a21430-87ef-733f-a900-3efebe5a9c98	project	01a21430-87ef-733f-a900-3efebe5a9c98	aurora/vision	\N	{"name": "Vision", "slug": "vision", "description": ""}			b3661c9af28f3185e272b1ec0c6597269c95e8ac33b97904a10df937432be86d	5f90829fa6c6f1d3849f684150dbb3a597626e1cf2b8e99d88033029179e89f9	\N	
01a21430-880c-747b-b6f7-bf12a79576e6	01a21430-87de-72b4-9670-4ebd8eb830cb	3	2026-11-25 19:30:54.604876+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		member.add	\N	member	01a21430-8801-760c-9e8f-e151ae3d5cd4	otto@aurora.example as owner	\N	{"who": "otto@aurora.example", "role": "owner", "project": null}			5f90829fa6c6f1d3849f684150dbb3a597626e1cf2b8e99d88033029179e89f9	a8544da808201bbe816fe3b5bcea35a29a3f3a928e90e87804cbc4ea85d0d88a	\N	
01a21430-883a-7757-8b1e-952f5f42d39c	01a21430-87de-72b4-9670-4ebd8eb830cb	4	2026-11-25 19:30:54.650993+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		quota.create	\N	quota	01a21430-881e-7381-b3d6-a56b7f67922c	aurora in harbour	\N	{"lines": [{"flavor": "a100", "nominal": 4, "resource": "gpu", "lending_limit": null, "borrowing_limit": null}, {"flavor": "alveo", "nominal": 2, "resource": "fpga", "lending_limit": null, "borrowing_limit": null}, {"flavor": "cpu", "nominal": 1200, "resource": "cpu", "lending_limit": null, "borrowing_limit": null}, {"flavor": "cpu", "nominal": 12132024320, "resource": "memory", "lending_limit": null, "borrowing_limit": null}, {"flavor": "infiniband", "nominal": 4, "resource": "rdma", "lending_limit": null, "borrowing_limit": null}, {"flavor": "l40s", "nominal": 9, "resource": "gpu", "lending_limit": null, "borrowing_limit": null}], "cohort": "commons"}			a8544da808201bbe816fe3b5bcea35a29a3f3a928e90e87804cbc4ea85d0d88a	dc8d65a4e33b1be87691059d60b64f4d106af16db28e43523699fa4e3dbbd64a	\N	
01a21430-8850-766b-8d3f-0577a4ed3656	01a21430-87de-72b4-9670-4ebd8eb830cb	5	2026-11-25 19:30:54.672639+00	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	\N		member.add	\N	member	01a21430-8842-70e4-81b0-3589bc49b7ba	ann@aurora.example as developer	\N	{"who": "ann@aurora.example", "role": "developer", "project": null}			dc8d65a4e33b1be87691059d60b64f4d106af16db28e43523699fa4e3dbbd64a	c4aa1c4fbc7a40498aa4a643a30226298a84e0bdf33b4bd0019626ec7c0ef57a	\N	
01a21430-886a-7730-81a4-4c5b5641d5b0	01a21430-87de-72b4-9670-4ebd8eb830cb	6	2026-11-25 19:30:54.698221+00	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	\N		member.add	\N	member	01a21430-8864-766c-9baf-9abc77891f13	vera@aurora.example as viewer	\N	{"who": "vera@aurora.example", "role": "viewer", "project": null}			c4aa1c4fbc7a40498aa4a643a30226298a84e0bdf33b4bd0019626ec7c0ef57a	e4a39c0c9d4065da9ee7fcfc8df3d7da56182d9f3cb31eeb619543df8cd7fa4e	\N	
01a21430-8873-7536-821f-257a29095ae3	01a21430-87de-72b4-9670-4ebd8eb830cb	7	2026-11-25 19:30:54.707967+00	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	\N		project.create	01a21430-8871-702c-9843-eb506f84ca62	project	01a21430-8871-702c-9843-eb506f84ca62	aurora/speech	\N	{"name": "Speech", "slug": "speech", "description": ""}			e4a39c0c9d4065da9ee7fcfc8df3d7da56182d9f3cb31eeb619543df8cd7fa4e	0f63cb7097de6a85ef56adba09adc1645811f3b0088c3be165b6d8b9a0d29ac0	\N	
01a21430-88cb-70f0-95c1-54212707fd85	01a21430-87de-72b4-9670-4ebd8eb830cb	8	2026-11-25 19:30:54.795634+00	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	\N		shares.set	01a21430-87ef-733f-a900-3efebe5a9c98	project	01a21430-87ef-733f-a900-3efebe5a9c98	aurora/vision	{"shares": []}	{"shares": [{"cap": null, "flavor": "a100", "cluster": "harbour", "resource": "gpu", "guaranteed": 2}, {"cap": null, "flavor": "alveo", "cluster": "harbour", "resource": "fpga", "guaranteed": 1}, {"cap": null, "flavor": "cpu", "cluster": "harbour", "resource": "cpu", "guaranteed": 600}, {"cap": null, "flavor": "cpu", "cluster": "harbour", "resource": "memory", "guaranteed": 6066012160}, {"cap": null, "flavor": "infiniband", "cluster": "harbour", "resource": "rdma", "guaranteed": 2}, {"cap": null, "flavor": "l40s", "cluster": "harbour", "resource": "gpu", "guaranteed": 4}]}			0f63cb7097de6a85ef56adba09adc1645811f3b0088c3be165b6d8b9a0d29ac0	4c39d6624b8fe67fd39be4cf5e744811cb1dc4cc286dcaa7abbc0e0febdba76f	\N	
01a21430-88e9-73c4-8e86-e85eb8676554	01a21430-87de-72b4-9670-4ebd8eb830cb	9	2026-11-25 19:30:54.825648+00	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	\N		cap.create	\N	cap	01a21430-88cd-77ca-9787-c49cf0b707c7	everybody	\N	{"gpus": null, "running_workloads": 20, "may_use_restricted_priorities": false}			4c39d6624b8fe67fd39be4cf5e744811cb1dc4cc286dcaa7abbc0e0febdba76f	74f3b8e4c301ab2435523f5247239461f16f22f982e3043acb34e9710a295f84	\N	
01a21430-890a-7016-980a-0541caf49e21	01a21430-87de-72b4-9670-4ebd8eb830cb	10	2026-11-25 19:30:54.858632+00	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	\N		cap.create	\N	cap	01a21430-88ec-77d3-a71f-881add98a447	ann@aurora.example	\N	{"gpus": null, "running_workloads": null, "may_use_restricted_priorities": true}			74f3b8e4c301ab2435523f5247239461f16f22f982e3043acb34e9710a295f84	8629198125cb0674982f4e1a95fe0233608f8f1967449d343b66bf741608ed52	\N	
01a21430-890e-72d4-b204-e195301819f9	01a21430-87de-72b4-9670-4ebd8eb830cb	11	2026-11-25 19:30:54.862732+00	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	\N		invitation.create	\N	invitation	01a21430-890c-722c-94bc-402ccedd2b4a	mara@aurora.example as developer	\N	{"role": "developer", "email": "mara@aurora.example", "project": null, "expires_at": "2026-12-02T19:30:54.860042+00:00"}			8629198125cb0674982f4e1a95fe0233608f8f1967449d343b66bf741608ed52	cb6ab365d102c070f4f93087373383c10b382de18ac797efe6d953c7fd2dda68	\N	
01a21430-8919-70c0-8ef7-1c33d5aae393	01a21430-87de-72b4-9670-4ebd8eb830cb	12	2026-11-25 19:30:54.873078+00	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	\N		service-account.create	\N	service-account	01a21430-8915-71b0-be73-57eec3956472	nightly	\N	{"name": "nightly", "description": "Trains the newest data every night."}			cb6ab365d102c070f4f93087373383c10b382de18ac797efe6d953c7fd2dda68	910bd9e75fb1264562d7ac685a839f616ce6d3eaf0e2356c1af9049f338793ef	\N	
01a21430-8921-75b3-b7cb-f9a03308eba5	01a21430-87de-72b4-9670-4ebd8eb830cb	13	2026-11-25 19:30:54.88155+00	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	\N		member.add	01a21430-87ef-733f-a900-3efebe5a9c98	member	01a21430-891b-71ee-b0a1-4d54a26f3392	service account nightly as developer	\N	{"who": "service account nightly", "role": "developer", "project": "vision"}			910bd9e75fb1264562d7ac685a839f616ce6d3eaf0e2356c1af9049f338793ef	db77734b2906f7b7523443a33516189a8486bf164eb2c17f6b8283a624c8efb3	\N	
01a21430-892f-74d6-a5d3-d7f960711f0c	01a21430-892a-7249-bfc4-7e35b3eaa4a2	1	2026-11-25 19:30:54.895793+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		tenant.create	\N	tenant	01a21430-892a-7249-bfc4-7e35b3eaa4a2	borealis	\N	{"name": "Borealis Bank", "slug": "borealis", "phase": "active", "description": "", "phase_reason": "", "requires_second_factor": false}			0000000000000000000000000000000000000000000000000000000000000000	7f60dcdcb35462c7f31f8c517121dd49aea614ae53c1406067af1787487adbc0	\N	
01a21430-8935-72c4-a5d6-3a8a4b2ea19b	01a21430-892a-7249-bfc4-7e35b3eaa4a2	2	2026-11-25 19:30:54.901528+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		project.create	01a21430-8932-776f-9dbe-80bd9f4cf5c4	project	01a21430-8932-776f-9dbe-80bd9f4cf5c4	borealis/risk	\N	{"name": "Risk models", "slug": "risk", "description": ""}			7f60dcdcb35462c7f31f8c517121dd49aea614ae53c1406067af1787487adbc0	f420eaf056a4e78edbeb7f65b9e76f7179eec4587aaa9fe9d68b549722669f42	\N	
01a21430-8942-7676-85d8-8ddf050e3bc0	01a21430-892a-7249-bfc4-7e35b3eaa4a2	3	2026-11-25 19:30:54.914291+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		member.add	\N	member	01a21430-893d-75de-abe2-ee35071c0b5e	ben@borealis.example as owner	\N	{"who": "ben@borealis.example", "role": "owner", "project": null}			f420eaf056a4e78edbeb7f65b9e76f7179eec4587aaa9fe9d68b549722669f42	acf25b2a507a934477ee52108659dea1f76211b4b2b1b95b44d420182ac6eb26	\N	
01a21430-8959-750b-a7f1-64642133553e	01a21430-892a-7249-bfc4-7e35b3eaa4a2	4	2026-11-25 19:30:54.937666+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		quota.create	\N	quota	01a21430-894c-73eb-b521-298cf817777d	borealis in harbour	\N	{"lines": [{"flavor": "a100", "nominal": 3, "resource": "gpu", "lending_limit": null, "borrowing_limit": null}, {"flavor": "alveo", "nominal": 1, "resource": "fpga", "lending_limit": null, "borrowing_limit": null}, {"flavor": "cpu", "nominal": 800, "resource": "cpu", "lending_limit": null, "borrowing_limit": null}, {"flavor": "cpu", "nominal": 8087666688, "resource": "memory", "lending_limit": null, "borrowing_limit": null}, {"flavor": "infiniband", "nominal": 3, "resource": "rdma", "lending_limit": null, "borrowing_limit": null}, {"flavor": "l40s", "nominal": 6, "resource": "gpu", "lending_limit": null, "borrowing_limit": null}], "cohort": "commons"}			acf25b2a507a934477ee52108659dea1f76211b4b2b1b95b44d420182ac6eb26	c85cfefe71e657499c8134041b1938d97b474609759d2214875dacb5555082a5	\N	
01a21430-8971-7117-b363-c623c93454a0	01a21430-87de-72b4-9670-4ebd8eb830cb	14	2026-11-25 19:30:54.961651+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		quota-request.create	\N	quota-request	01a21430-8966-7723-bf55-a7803c308eae	1 core of cpu	\N	{"asks": "quota", "state": "requested", "until": "2026-12-09T19:30:54.949689+00:00", "amount": 1000, "flavor": "harbour/cpu", "reason": "The benchmark for the spring fair.", "granted": null, "resource": "cpu", "returned": null, "decision_reason": ""}			db77734b2906f7b7523443a33516189a8486bf164eb2c17f6b8283a624c8efb3	987bb0f7b001982c73c3ec9c82c4a28d699b7a6b41738930edad82cc479cf0eb	\N	
01a21430-897f-73fd-a261-d7e7494c5884	01a21430-87de-72b4-9670-4ebd8eb830cb	15	2026-11-25 19:30:54.975948+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		quota-request.create	01a21430-87ef-733f-a900-3efebe5a9c98	quota-request	01a21430-8975-75e0-93ea-2175839922f9	0.2 cores of cpu	\N	{"asks": "guarantee", "state": "requested", "until": null, "amount": 200, "flavor": "harbour/cpu", "reason": "Nightly training should not wait for Speech.", "granted": null, "resource": "cpu", "returned": null, "decision_reason": ""}			987bb0f7b001982c73c3ec9c82c4a28d699b7a6b41738930edad82cc479cf0eb	f1149119e48810892c5d82f1dc2479b278189289eb9817caca0bda17860fc4b8	\N	
01a21430-8993-748c-9c3c-7b54eb1dceb1	01a21430-87de-72b4-9670-4ebd8eb830cb	16	2026-11-25 19:30:54.995793+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		schedule.create	01a21430-87ef-733f-a900-3efebe5a9c98	schedule	01a21430-898b-7228-be25-98a6cbd7219a	nightly-report	\N	{"cron": "0 2 * * 1-5", "name": "nightly-report", "spec": {"gang": true, "name": "nightly-report", "roles": [{"env": [], "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}, "missed": "catch-up", "overlap": "forbid", "template": null, "time_zone": "Europe/Berlin", "starting_deadline_seconds": 3600}			f1149119e48810892c5d82f1dc2479b278189289eb9817caca0bda17860fc4b8	53e67d2c54e544c595fe4f79bfd284a4f1b848fbce1d41d55daa06e09078886c	\N	
01a21430-8997-72dc-8fb8-e22d1e3b6f28	00000000-0000-0000-0000-000000000000	16	2026-11-25 19:30:54.999399+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		group.create	\N	group	01a21430-8995-7147-a464-55a94610f666	reviewers	\N	{"name": "reviewers"}			dc7ab46530eb20677aa9a8527c103bb7f65ccae3f8b56a80881f91c0e56a700a	1b3b56f436d23eb464907820cb956190f9e5061819db64f35f7b5cba1cddf7c5	\N	
01a21430-89a5-7445-a649-10552263c6fa	00000000-0000-0000-0000-000000000000	17	2026-11-25 19:30:55.013079+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		group.add-user	\N	group	01a21430-8995-7147-a464-55a94610f666	reviewers	\N	{"user": "vera@aurora.example"}			1b3b56f436d23eb464907820cb956190f9e5061819db64f35f7b5cba1cddf7c5	1c6cbef3b4018962e660755fb1b928b011c1074910cc9e3b93de7cffc1426e47	\N	
01a21430-89ae-718c-ad24-2db21efd587b	01a21430-87de-72b4-9670-4ebd8eb830cb	17	2026-11-25 19:30:55.022894+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		member.add	\N	member	01a21430-89a7-72b7-ab62-2f0c160b4d46	group reviewers as viewer	\N	{"who": "group reviewers", "role": "viewer", "project": null}			53e67d2c54e544c595fe4f79bfd284a4f1b848fbce1d41d55daa06e09078886c	b1df141ee5500ae6c7ce19fb04d9d0113e68bcfb6d6e8d8fb2e5f93b02e559fd	\N	
01a21430-89c1-75aa-9276-86806d76dd1f	01a21430-892a-7249-bfc4-7e35b3eaa4a2	5	2026-11-25 19:30:55.041984+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		member.add	\N	member	01a21430-89ba-730a-9977-72d716db6977	group reviewers as viewer	\N	{"who": "group reviewers", "role": "viewer", "project": null}			c85cfefe71e657499c8134041b1938d97b474609759d2214875dacb5555082a5	877d4585c42c677c2eb5b679595bec69788bf6ddd9a903e9d144488d9a0a38d6	\N	
01a21430-89d0-7665-90fc-227eca9c84fe	00000000-0000-0000-0000-000000000000	18	2026-11-25 19:30:55.056036+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		template.create	\N	template	01a21430-89cc-7787-a2eb-776188f52c07	digits-data-parallel	\N	{"name": "digits-data-parallel", "spec": {"gang": true, "name": "digits", "roles": [{"env": [], "name": "worker", "image": null, "serves": false, "command": ["python", "-m", "demonstration.digits"], "devices": [], "env_from": [], "replicas": 2, "memory_bytes": 536870912, "min_replicas": null, "secret_files": [], "cpu_millicores": 500}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "Data-parallel training on scikit-learn's digits; reports loss and held-out accuracy.", "fault_policy": {"clean": "none", "restart": "on-failure", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 2, "deadline_seconds": 900}, "resize_pause_seconds": 300}, "description": "Two ranks train a small network on the digits images and average their gradients over TCP."}			1c6cbef3b4018962e660755fb1b928b011c1074910cc9e3b93de7cffc1426e47	615c22812dd85d43ba97da4018eeafa22178aea65a564b74c15c0e4fecbe5bbb	\N	
01a21430-89d8-73aa-8675-37c3fed60fad	00000000-0000-0000-0000-000000000000	19	2026-11-25 19:30:55.064926+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		template.create	\N	template	01a21430-89d6-764a-a54c-f145ed1fbcfa	elastic-digits	\N	{"name": "elastic-digits", "spec": {"gang": true, "name": "digits-elastic", "roles": [{"env": [], "name": "worker", "image": null, "serves": false, "command": ["python", "-m", "demonstration.digits", "--epochs", "60"], "devices": [], "env_from": [], "replicas": 4, "memory_bytes": 536870912, "min_replicas": 1, "secret_files": [], "cpu_millicores": 250}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 60}, "description": "The same training with one to four ranks: it fills what is idle, gives way to others, and goes on where it was."}			615c22812dd85d43ba97da4018eeafa22178aea65a564b74c15c0e4fecbe5bbb	4e0762f5bf299ced789e34df5b851dd4ab8b51a402ef1bdf9301d65c835a2113	\N	
01a21430-89de-7602-8309-78add32c9f7b	00000000-0000-0000-0000-000000000000	20	2026-11-25 19:30:55.070024+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		template.create	\N	template	01a21430-89db-71b0-83fc-09cd8d597070	sweep-of-seeds	\N	{"name": "sweep-of-seeds", "spec": {"gang": false, "name": "digits-sweep", "roles": [{"env": [], "name": "run", "image": null, "serves": false, "command": ["python", "-m", "demonstration.digits", "--epochs", "8", "--pace", "0.5"], "devices": [], "env_from": [], "replicas": 8, "memory_bytes": 536870912, "min_replicas": null, "secret_files": [], "cpu_millicores": 500}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "on-failure", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 1, "deadline_seconds": null}, "resize_pause_seconds": 300}, "description": "Eight independent runs of the training, each from another seed: they start one by one, as there is room."}			4e0762f5bf299ced789e34df5b851dd4ab8b51a402ef1bdf9301d65c835a2113	babd1c597d109a3de31bd27033110709759ff66152f555aa8731427df4e34331	\N	
01a21430-89e7-7228-a244-1ad2ca16d1b6	00000000-0000-0000-0000-000000000000	21	2026-11-25 19:30:55.079338+00	01a21430-8186-7763-b015-7b5469cb82b7	admin@hanse.example	\N		template.create	\N	template	01a21430-89e2-72ce-ae9a-13cc2f119f52	retry-on-exit-code	\N	{"name": "retry-on-exit-code", "spec": {"gang": true, "name": "retry", "roles": [{"env": [], "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "import random, sys; print('thinking'); sys.exit(random.choice([0, 75, 75]))"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "on-exit-codes", "exit_codes": [75], "keep_seconds": 2592000, "backoff_limit": 5, "deadline_seconds": null}, "resize_pause_seconds": 300}, "description": "A process that now and then ends with exit code 75; only that one is tried again."}			babd1c597d109a3de31bd27033110709759ff66152f555aa8731427df4e34331	ddecc0b7d55811d3d0d67a8c64003b02e808382452a7417f8ed9d20a06e43b4f	\N	
01a21430-bf1b-75ee-8571-dca5924897b3	00000000-0000-0000-0000-000000000000	22	2026-11-25 19:31:08.699522+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		session.open	\N	user	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N	{"opened_with": "password", "second_factor": false}	127.0.0.1	01a21430b16f7155bb499c91e6cc9c3d	ddecc0b7d55811d3d0d67a8c64003b02e808382452a7417f8ed9d20a06e43b4f	9dab42d4866a3aac2ed30a52d165f0337929ba97b887c80703ce1ccf592bf61a	\N	
01a21430-c31c-74fb-8341-1ec5bf0bf3d4	00000000-0000-0000-0000-000000000000	23	2026-11-25 19:31:09.724595+00	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	\N		session.open	\N	user	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	\N	{"opened_with": "password", "second_factor": false}	127.0.0.1	01a21430bfea74828ddd875c4505fc17	9dab42d4866a3aac2ed30a52d165f0337929ba97b887c80703ce1ccf592bf61a	1d00f0dd3f74384fdc58df8bf1897fe1c83820331c49cecc29bb494a3938b146	\N	
01a21430-c3c5-7631-94a9-3ff4677dc0a0	01a21430-87de-72b4-9670-4ebd8eb830cb	18	2026-11-25 19:31:09.893538+00	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	\N		secret.create	01a21430-87ef-733f-a900-3efebe5a9c98	secret	01a21430-c3b2-7254-92a9-1087a4b3b677	tracker	\N	{"keys": ["token"], "kind": "opaque", "name": "tracker", "version": 1, "description": ""}	127.0.0.1	01a21430c327711aa746008890cc1650	b1df141ee5500ae6c7ce19fb04d9d0113e68bcfb6d6e8d8fb2e5f93b02e559fd	9ec931046e534f48e53d76d91e10ed408d3a1f68ab7239629612631752b6e878	\N	
01a21430-c49f-7301-b623-979d388b643b	01a21430-87de-72b4-9670-4ebd8eb830cb	19	2026-11-25 19:31:10.111571+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		code.keep	01a21430-87ef-733f-a900-3efebe5a9c98	code	01a21430-c441-7397-ba8b-39e89fbb8c5d	publish.tar.gz	\N	{"url": "", "commit": "", "origin": "upload", "sha256": "b38fced9d088a581db6eece37f67444da9a391b420399039ed73e46c8b54d64a"}	127.0.0.1	01a21430c3f1726c90370d3da6bd130b	9ec931046e534f48e53d76d91e10ed408d3a1f68ab7239629612631752b6e878	227e4f5a1740594b3e773d2c75729cfa696a3c9cd758260ddb589470a8105b30	\N	
01a21430-c545-752b-9348-dd74b868b4e5	00000000-0000-0000-0000-000000000000	24	2026-11-25 19:31:10.277637+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		token.create	\N	token	01a21430-c52d-72f9-a6c9-bb50c4c3ffdd	kept	\N	{"expires_at": "2026-11-26T19:31:10.171741+00:00", "permissions": ["jobs.cancel", "jobs.submit", "jobs.view", "tenants.view"]}	127.0.0.1	01a21430c4ea72fdb85f30a479565570	1d00f0dd3f74384fdc58df8bf1897fe1c83820331c49cecc29bb494a3938b146	12055e25fcee66842016f53d97bb208b7ea50e222f0f6199925dc2f408486f0b	\N	
01a21430-c66d-77ce-b8f4-ea3351cbe2b8	01a21430-87de-72b4-9670-4ebd8eb830cb	20	2026-11-25 19:31:10.573561+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		job.submit	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c5b5-707a-9c3b-5d2261b5485f	nightly-report	\N	{"spec": {"gang": true, "name": "nightly-report", "roles": [{"env": [], "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}}	127.0.0.1	01a21430c571719db06e8fd454d62b01	227e4f5a1740594b3e773d2c75729cfa696a3c9cd758260ddb589470a8105b30	1e621bcad15f38924d960deb7fd5da6e222034499de1497e7216396097614afb	\N	
01a21430-c7d2-7162-b366-6713728e4ba4	01a21430-87de-72b4-9670-4ebd8eb830cb	21	2026-11-25 19:31:10.930444+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		job.submit	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c745-77f4-8f70-75fa26d6a811	faulty-import	\N	{"spec": {"gang": true, "name": "faulty-import", "roles": [{"env": [], "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport sys\\nprint(\\"reading the data\\", flush=True)\\nprint(\\"data/train.csv: row 1207 has 12 columns, 13 are expected\\", file=sys.stderr, flush=True)\\nsys.exit(3)\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}}	127.0.0.1	01a21430c6bf770baacb9252c7be02c2	1e621bcad15f38924d960deb7fd5da6e222034499de1497e7216396097614afb	aad10c77be900a146c9cb136c088150e9da97cd23d7bca26ca08bb633ca64afd	\N	
01a21430-c968-7254-be06-cf2ebee43272	01a21430-87de-72b4-9670-4ebd8eb830cb	22	2026-11-25 19:31:11.336818+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		job.submit	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c857-70a2-a3b1-29a3c5c8464e	publish-report	\N	{"spec": {"gang": true, "name": "publish-report", "roles": [{"env": ["REGION"], "name": "worker", "image": null, "serves": false, "command": ["python", "main.py"], "devices": [], "env_from": [{"key": "token", "name": "TRACKER_TOKEN", "secret": "tracker", "version": null}], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": {"git": null, "archive": "01a21430-c441-7397-ba8b-39e89fbb8c5d"}, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}}	127.0.0.1	01a21430c80170ecbc4283a8151dae68	aad10c77be900a146c9cb136c088150e9da97cd23d7bca26ca08bb633ca64afd	d4452f136e2d53ccfd56b5f241bd11ac9171c5a777f8213e1516d225418cef5c	\N	
01a21430-cb58-701a-9154-262fc1b5d2ad	01a21430-87de-72b4-9670-4ebd8eb830cb	24	2026-11-25 19:31:11.832624+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		job.submit	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-caf2-76f0-9fe5-e79b8bcbbf96	goes-on	\N	{"spec": {"gang": true, "name": "goes-on", "roles": [{"env": [], "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport os, time\\nprint(\\"try\\", os.environ[\\"HANSE_ATTEMPT\\"], os.environ[\\"TRACKER_TOKEN\\"], flush=True)\\nos.environ[\\"HANSE_ATTEMPT\\"] == \\"1\\" and time.sleep(3600)\\n"], "devices": [], "env_from": [{"key": "token", "name": "TRACKER_TOKEN", "secret": "tracker", "version": null}], "replicas": 2, "memory_bytes": 67108864, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "on-failure", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}}	127.0.0.1	01a21430cad974e2810d2cf2896eb89b	2ff7e112523eab8f391ab82d67c9f295f46aaadd98ac3ae61c441b4ee906fc6a	476dadeeb41c33f534dc4d0f4df1c7ceff0786f26c1f11a5b1e33d4df7df92ff	\N	
01a21430-ccbe-72e6-a5b2-18282baacacc	01a21430-87de-72b4-9670-4ebd8eb830cb	26	2026-11-25 19:31:12.190109+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		job.submit	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-cc57-720b-af8e-c74bfbde4f3b	suspended	\N	{"spec": {"gang": true, "name": "suspended", "roles": [{"env": [], "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}}	127.0.0.1	01a21430cc2b7124b6dcdd69697a9ecb	bc605fefd743da05fe304818a2c6aa46a582a8683308f83f735efe93277eb7c3	221042314e2b2317b30748b2642870b0b8670e2c233e199dc76d0214b59de85d	\N	
01a21430-cf64-71d3-af2a-42903582ef1e	01a21430-87de-72b4-9670-4ebd8eb830cb	28	2026-11-25 19:31:12.868358+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		job.cancel	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c9dd-7312-a2d0-effd5d78a1d4	wrong-settings	{"phase": "admitted"}	{"phase": "cancelled", "reason": "cancelled"}	127.0.0.1	01a21430cf0a717090a8fb80e23e1c86	0f1b137c6453051d1e5e4597b59ea0ac9fb3ebc61fe12c8ad176a01f51efcb32	4c41d6aa283aea59f5e1587f96bc871fea7768ac1cea936f0300645a11954cc3	\N	
01a21430-ca90-7785-bd7d-a1721c91f1e6	01a21430-87de-72b4-9670-4ebd8eb830cb	23	2026-11-25 19:31:11.632862+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		job.submit	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c9dd-7312-a2d0-effd5d78a1d4	wrong-settings	\N	{"spec": {"gang": true, "name": "wrong-settings", "roles": [{"env": [], "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "import time; time.sleep(3600)"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}}	127.0.0.1	01a21430c9ad7605b12e4e87c899501b	d4452f136e2d53ccfd56b5f241bd11ac9171c5a777f8213e1516d225418cef5c	2ff7e112523eab8f391ab82d67c9f295f46aaadd98ac3ae61c441b4ee906fc6a	\N	
01a21430-cbf9-73b0-b276-d502f7392934	01a21430-87de-72b4-9670-4ebd8eb830cb	25	2026-11-25 19:31:11.993954+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		job.draft	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-cbee-77cf-9968-ebe464c821c8	nightly-report	\N	{"spec": {"gang": true, "name": "nightly-report", "roles": [{"env": [], "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}}	127.0.0.1	01a21430cbc0756e9215f10733a2b84d	476dadeeb41c33f534dc4d0f4df1c7ceff0786f26c1f11a5b1e33d4df7df92ff	bc605fefd743da05fe304818a2c6aa46a582a8683308f83f735efe93277eb7c3	\N	
01a21430-ce91-759c-af29-1a40914b98d2	01a21430-87de-72b4-9670-4ebd8eb830cb	27	2026-11-25 19:31:12.657714+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		job.suspend	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-cc57-720b-af8e-c74bfbde4f3b	suspended	{"phase": "queued"}	{"phase": "suspended", "reason": "suspended"}	127.0.0.1	01a21430cce573bc9356d1449ff2b0e7	221042314e2b2317b30748b2642870b0b8670e2c233e199dc76d0214b59de85d	0f1b137c6453051d1e5e4597b59ea0ac9fb3ebc61fe12c8ad176a01f51efcb32	\N	
01a21430-d085-715b-beba-7a393b751243	01a21430-87de-72b4-9670-4ebd8eb830cb	29	2026-11-25 19:31:13.157989+00	01a21430-7915-70f4-8f51-c00a9ba1af45	otto@aurora.example	\N		job.share	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c5b5-707a-9c3b-5d2261b5485f	nightly-report	\N	{"user": "ben@borealis.example"}	127.0.0.1	01a21430cf7f73cf91e128536178c31c	4c41d6aa283aea59f5e1587f96bc871fea7768ac1cea936f0300645a11954cc3	6dac1febb6052c13e07a7b0af645c2c7fa6a4e183bb0c0b4a3ea2edb3d68642c	\N	
01a21430-d653-773f-b1ea-21aea34b408a	01a21430-87de-72b4-9670-4ebd8eb830cb	30	2026-11-25 19:31:14.643986+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		job.submit	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-d62f-7030-8a0b-2a4d1e40f48d	queued	\N	{"spec": {"gang": true, "name": "queued", "roles": [{"env": [], "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}}	127.0.0.1	01a21430d6257308931f433962f785cf	6dac1febb6052c13e07a7b0af645c2c7fa6a4e183bb0c0b4a3ea2edb3d68642c	c639c5d988ede43baa9ccaedf2fc5a93dc4ec56530f0d1e8be91c290289756bd	\N	
01a21430-d687-7421-a52f-e0561c090fd8	01a21430-87de-72b4-9670-4ebd8eb830cb	31	2026-11-25 19:31:14.69512+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		job.submit	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-d66b-76e7-9b22-c96d3ac6ae15	withdrawn	\N	{"spec": {"gang": true, "name": "withdrawn", "roles": [{"env": [], "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "import time; time.sleep(3600)"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}}	127.0.0.1	01a21430d65f725c9398f5ea261bb969	c639c5d988ede43baa9ccaedf2fc5a93dc4ec56530f0d1e8be91c290289756bd	03f343c6bf58d40b607aa473fecffed394239cebf36afc77033b529a071fd4a1	\N	
01a21430-d6aa-75e1-b5c2-57c2d38fbf78	01a21430-87de-72b4-9670-4ebd8eb830cb	32	2026-11-25 19:31:14.730518+00	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	\N		job.cancel	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-d66b-76e7-9b22-c96d3ac6ae15	withdrawn	{"phase": "queued"}	{"phase": "cancelled", "reason": "cancelled"}	127.0.0.1	01a21430d6937391b357c088cd5c4832	03f343c6bf58d40b607aa473fecffed394239cebf36afc77033b529a071fd4a1	86444d550d1f3a1395ed72af02abcab598e5213556dbae47d3b193b4a9deba4d	\N	
\.


--
-- Data for Name: auth_group; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.auth_group (id, name) FROM stdin;
\.


--
-- Data for Name: auth_group_permissions; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.auth_group_permissions (id, group_id, permission_id) FROM stdin;
\.


--
-- Data for Name: auth_permission; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.auth_permission (id, name, content_type_id, codename) FROM stdin;
1	Can add permission	1	add_permission
2	Can change permission	1	change_permission
3	Can delete permission	1	delete_permission
4	Can view permission	1	view_permission
5	Can add group	2	add_group
6	Can change group	2	change_group
7	Can delete group	2	delete_group
8	Can view group	2	view_group
9	Can add content type	3	add_contenttype
10	Can change content type	3	change_contenttype
11	Can delete content type	3	delete_contenttype
12	Can view content type	3	view_contenttype
13	Can add session	4	add_session
14	Can change session	4	change_session
15	Can delete session	4	delete_session
16	Can view session	4	view_session
17	Can add email address	5	add_emailaddress
18	Can change email address	5	change_emailaddress
19	Can delete email address	5	delete_emailaddress
20	Can view email address	5	view_emailaddress
21	Can add email confirmation	6	add_emailconfirmation
22	Can change email confirmation	6	change_emailconfirmation
23	Can delete email confirmation	6	delete_emailconfirmation
24	Can view email confirmation	6	view_emailconfirmation
25	Can add authenticator	7	add_authenticator
26	Can change authenticator	7	change_authenticator
27	Can delete authenticator	7	delete_authenticator
28	Can view authenticator	7	view_authenticator
29	Can add group object permission	8	add_groupobjectpermission
30	Can change group object permission	8	change_groupobjectpermission
31	Can delete group object permission	8	delete_groupobjectpermission
32	Can view group object permission	8	view_groupobjectpermission
33	Can add user object permission	9	add_userobjectpermission
34	Can change user object permission	9	change_userobjectpermission
35	Can delete user object permission	9	delete_userobjectpermission
36	Can view user object permission	9	view_userobjectpermission
37	Can add outbox event	10	add_outboxevent
38	Can change outbox event	10	change_outboxevent
39	Can delete outbox event	10	delete_outboxevent
40	Can view outbox event	10	view_outboxevent
41	Can add outbox hint	11	add_outboxhint
42	Can change outbox hint	11	change_outboxhint
43	Can delete outbox hint	11	delete_outboxhint
44	Can view outbox hint	11	view_outboxhint
45	Can add idempotency record	12	add_idempotencyrecord
46	Can change idempotency record	12	change_idempotencyrecord
47	Can delete idempotency record	12	delete_idempotencyrecord
48	Can view idempotency record	12	view_idempotencyrecord
49	Can add outbox mail	13	add_outboxmail
50	Can change outbox mail	13	change_outboxmail
51	Can delete outbox mail	13	delete_outboxmail
52	Can view outbox mail	13	view_outboxmail
53	Can add outbox notification	14	add_outboxnotification
54	Can change outbox notification	14	change_outboxnotification
55	Can delete outbox notification	14	delete_outboxnotification
56	Can view outbox notification	14	view_outboxnotification
57	Can add audit chain	15	add_auditchain
58	Can change audit chain	15	change_auditchain
59	Can delete audit chain	15	delete_auditchain
60	Can view audit chain	15	view_auditchain
61	Can add audit entry	16	add_auditentry
62	Can change audit entry	16	change_auditentry
63	Can delete audit entry	16	delete_auditentry
64	Can view audit entry	16	view_auditentry
65	Can add user	17	add_user
66	Can change user	17	change_user
67	Can delete user	17	delete_user
68	Can view user	17	view_user
69	Can add group	18	add_group
70	Can change group	18	change_group
71	Can delete group	18	delete_group
72	Can view group	18	view_group
73	Can add provider	19	add_provider
74	Can change provider	19	change_provider
75	Can delete provider	19	delete_provider
76	Can view provider	19	view_provider
77	Can add open session	20	add_opensession
78	Can change open session	20	change_opensession
79	Can delete open session	20	delete_opensession
80	Can view open session	20	view_opensession
81	Can add provider account	21	add_provideraccount
82	Can change provider account	21	change_provideraccount
83	Can delete provider account	21	delete_provideraccount
84	Can view provider account	21	view_provideraccount
85	Can add tenant	22	add_tenant
86	Can change tenant	22	change_tenant
87	Can delete tenant	22	delete_tenant
88	Can view tenant	22	view_tenant
89	Can add project	23	add_project
90	Can change project	23	change_project
91	Can delete project	23	delete_project
92	Can view project	23	view_project
93	Can add member	24	add_member
94	Can change member	24	change_member
95	Can delete member	24	delete_member
96	Can view member	24	view_member
97	Can add api token	25	add_apitoken
98	Can change api token	25	change_apitoken
99	Can delete api token	25	delete_apitoken
100	Can view api token	25	view_apitoken
101	Can add invitation	26	add_invitation
102	Can change invitation	26	change_invitation
103	Can delete invitation	26	delete_invitation
104	Can view invitation	26	view_invitation
105	Can add service account	27	add_serviceaccount
106	Can change service account	27	change_serviceaccount
107	Can delete service account	27	delete_serviceaccount
108	Can view service account	27	view_serviceaccount
109	Can add secret	28	add_secret
110	Can change secret	28	change_secret
111	Can delete secret	28	delete_secret
112	Can view secret	28	view_secret
113	Can add secret version	29	add_secretversion
114	Can change secret version	29	change_secretversion
115	Can delete secret version	29	delete_secretversion
116	Can view secret version	29	view_secretversion
117	Can add cluster	30	add_cluster
118	Can change cluster	30	change_cluster
119	Can delete cluster	30	delete_cluster
120	Can view cluster	30	view_cluster
121	Can add flavor	31	add_flavor
122	Can change flavor	31	change_flavor
123	Can delete flavor	31	delete_flavor
124	Can view flavor	31	view_flavor
125	Can add node	32	add_node
126	Can change node	32	change_node
127	Can delete node	32	delete_node
128	Can view node	32	view_node
129	Can add priority class	33	add_priorityclass
130	Can change priority class	33	change_priorityclass
131	Can delete priority class	33	delete_priorityclass
132	Can view priority class	33	view_priorityclass
133	Can add cohort	34	add_cohort
134	Can change cohort	34	change_cohort
135	Can delete cohort	34	delete_cohort
136	Can view cohort	34	view_cohort
137	Can add ledger entry	35	add_ledgerentry
138	Can change ledger entry	35	change_ledgerentry
139	Can delete ledger entry	35	delete_ledgerentry
140	Can view ledger entry	35	view_ledgerentry
141	Can add quota	36	add_quota
142	Can change quota	36	change_quota
143	Can delete quota	36	delete_quota
144	Can view quota	36	view_quota
145	Can add quota line	37	add_quotaline
146	Can change quota line	37	change_quotaline
147	Can delete quota line	37	delete_quotaline
148	Can view quota line	37	view_quotaline
149	Can add share	38	add_share
150	Can change share	38	change_share
151	Can delete share	38	delete_share
152	Can view share	38	view_share
153	Can add user cap	39	add_usercap
154	Can change user cap	39	change_usercap
155	Can delete user cap	39	delete_usercap
156	Can view user cap	39	view_usercap
157	Can add workload	40	add_workload
158	Can change workload	40	change_workload
159	Can delete workload	40	delete_workload
160	Can view workload	40	view_workload
161	Can add quota request	41	add_quotarequest
162	Can change quota request	41	change_quotarequest
163	Can delete quota request	41	delete_quotarequest
164	Can view quota request	41	view_quotarequest
165	Can add stored object	42	add_storedobject
166	Can change stored object	42	change_storedobject
167	Can delete stored object	42	delete_storedobject
168	Can view stored object	42	view_storedobject
169	Can add log chunk	43	add_logchunk
170	Can change log chunk	43	change_logchunk
171	Can delete log chunk	43	delete_logchunk
172	Can view log chunk	43	view_logchunk
173	Can add metric point	44	add_metricpoint
174	Can change metric point	44	change_metricpoint
175	Can delete metric point	44	delete_metricpoint
176	Can view metric point	44	view_metricpoint
177	Can add inbox	45	add_inbox
178	Can change inbox	45	change_inbox
179	Can delete inbox	45	delete_inbox
180	Can view inbox	45	view_inbox
181	Can add mute	46	add_mute
182	Can change mute	46	change_mute
183	Can delete mute	46	delete_mute
184	Can view mute	46	view_mute
185	Can add notification	47	add_notification
186	Can change notification	47	change_notification
187	Can delete notification	47	delete_notification
188	Can view notification	47	view_notification
189	Can add code	48	add_code
190	Can change code	48	change_code
191	Can delete code	48	delete_code
192	Can view code	48	view_code
193	Read one job of another tenant	49	read_job
194	Can add artifact	50	add_artifact
195	Can change artifact	50	change_artifact
196	Can delete artifact	50	delete_artifact
197	Can view artifact	50	view_artifact
198	Can add job share	51	add_jobshare
199	Can change job share	51	change_jobshare
200	Can delete job share	51	delete_jobshare
201	Can view job share	51	view_jobshare
202	Can add replica	52	add_replica
203	Can change replica	52	change_replica
204	Can delete replica	52	delete_replica
205	Can view replica	52	view_replica
206	Can add template	53	add_template
207	Can change template	53	change_template
208	Can delete template	53	delete_template
209	Can view template	53	view_template
210	Can add timeline entry	54	add_timelineentry
211	Can change timeline entry	54	change_timelineentry
212	Can delete timeline entry	54	delete_timelineentry
213	Can view timeline entry	54	view_timelineentry
214	Can add job code	55	add_jobcode
215	Can change job code	55	change_jobcode
216	Can delete job code	55	delete_jobcode
217	Can view job code	55	view_jobcode
218	Can add job secret	56	add_jobsecret
219	Can change job secret	56	change_jobsecret
220	Can delete job secret	56	delete_jobsecret
221	Can view job secret	56	view_jobsecret
222	Can add schedule	57	add_schedule
223	Can change schedule	57	change_schedule
224	Can delete schedule	57	delete_schedule
225	Can view schedule	57	view_schedule
226	Can add schedule run	58	add_schedulerun
227	Can change schedule run	58	change_schedulerun
228	Can delete schedule run	58	delete_schedulerun
229	Can view schedule run	58	view_schedulerun
\.


--
-- Data for Name: clusters_cluster; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clusters_cluster (id, version, created_at, slug, name, kind, zone, labels, health, health_message, versions, capabilities, last_seen_at, announced_at, generation) FROM stdin;
01a21430-8795-754b-9741-d41a8e0062ed	2	2026-11-25 19:30:54.485824+00	harbour	This machine	local		{}	healthy		{}	{}	2026-11-25 19:31:12.124948+00	2026-11-25 19:31:07.005914+00	1
\.


--
-- Data for Name: clusters_flavor; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clusters_flavor (id, version, created_at, name, kind, description, model, unit_memory_bytes, device_resource, node_labels, node_taints, generation, cluster_id) FROM stdin;
01a21430-879e-7262-aa76-31fe8d46085c	1	2026-11-25 19:30:54.494159+00	cpu	cpu	Processor and memory.		\N		{}	[]	1	01a21430-8795-754b-9741-d41a8e0062ed
01a21430-87b6-73bc-9405-37992c74368e	1	2026-11-25 19:30:54.518156+00	a100	gpu	Demonstration only: no such device is in this machine. Work that asks for one is refused, and told so.	NVIDIA A100-SXM4-80GB	85899345920	nvidia.com/gpu	{}	[]	1	01a21430-8795-754b-9741-d41a8e0062ed
01a21430-87be-7560-91d5-a9bb2ae8f1e4	1	2026-11-25 19:30:54.527001+00	l40s	gpu	Demonstration only: no such device is in this machine. Work that asks for one is refused, and told so.	NVIDIA L40S	51539607552	nvidia.com/gpu	{}	[]	1	01a21430-8795-754b-9741-d41a8e0062ed
01a21430-87c6-7775-9e33-be2dbd3da9af	1	2026-11-25 19:30:54.534595+00	alveo	fpga	Demonstration only: no such device is in this machine. Work that asks for one is refused, and told so.	AMD Alveo U280	\N	amd.com/xilinx_u280	{}	[]	1	01a21430-8795-754b-9741-d41a8e0062ed
01a21430-87ce-778c-b4ce-da096daf30c5	1	2026-11-25 19:30:54.542601+00	infiniband	rdma	Demonstration only: no such device is in this machine. Work that asks for one is refused, and told so.	NVIDIA ConnectX-7 NDR	\N	rdma/hca	{}	[]	1	01a21430-8795-754b-9741-d41a8e0062ed
\.


--
-- Data for Name: clusters_node; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clusters_node (id, name, zone, labels, allocatable, used, health, health_message, schedulable, last_seen_at, cluster_id) FROM stdin;
01a21430-b87c-7545-a2b6-49bc7dfbf291	vm		{"kubernetes.io/arch": "x86_64", "kubernetes.io/hostname": "vm"}	{"cpu": {"cpu": 2000, "memory": 22748457370}}	{"cpu": {"cpu": 1998, "memory": 3457871872}}	healthy		t	2026-11-25 19:31:12.124948+00	01a21430-8795-754b-9741-d41a8e0062ed
\.


--
-- Data for Name: code_code; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.code_code (id, version, created_at, origin, name, format, sha256, size_bytes, files, unpacked_bytes, url, commit, path, used_at, created_by_id, project_id, stored_id, tenant_id) FROM stdin;
01a21430-c441-7397-ba8b-39e89fbb8c5d	1	2026-11-25 19:31:10.091412+00	upload	publish.tar.gz	tar.gz	b38fced9d088a581db6eece37f67444da9a391b420399039ed73e46c8b54d64a	313	2	262				2026-11-25 19:31:11.286552+00	01a21430-7629-7040-bc28-29e19da37a80	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-c441-7397-ba8b-39e9cc0fa79d	01a21430-87de-72b4-9670-4ebd8eb830cb
\.


--
-- Data for Name: core_idempotencyrecord; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.core_idempotencyrecord (id, actor, route, key, body_digest, status, answer, headers, created_at) FROM stdin;
1	user:01a21430-7915-70f4-8f51-c00a9ba1af45	/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/secrets/	14541549191b49ad997719a40921fd76	9bd084df1d0d17e2d99c41ea4d1aa376f527d3bea0bb038460511e56cc3c7ce4	201	{"id": "01a21430-c3b2-7254-92a9-1087a4b3b677", "keys": ["token"], "kind": "opaque", "name": "tracker", "newest": 1, "version": 1, "tenant_id": "01a21430-87de-72b4-9670-4ebd8eb830cb", "created_at": "2026-11-25T19:31:09.874962Z", "created_by": {"id": "01a21430-7915-70f4-8f51-c00a9ba1af45", "name": "Otto Brandt"}, "generation": 1, "project_id": "01a21430-87ef-733f-a900-3efebe5a9c98", "rotated_at": "2026-11-25T19:31:09.875121Z", "description": "", "last_used_at": null}	{"ETag": "\\"1\\"", "Location": "/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/secrets/01a21430-c3b2-7254-92a9-1087a4b3b677/"}	2026-11-25 19:31:09.864017+00
2	user:01a21430-7629-7040-bc28-29e19da37a80	/api/v1/me/tokens/	284dbb2aacb14120b3854dfea6d4dea8	0c814fc86eab73804df830a5b45e23b31ef615520decf1935f266145ebf19c27	201	{"id": "01a21430-c52d-72f9-a6c9-bb50c4c3ffdd", "hint": "hns_umQG", "name": "kept", "tenant": null, "project": null, "created_at": "2026-11-25T19:31:10.253707Z", "expires_at": "2026-11-26T19:31:10.171741Z", "revoked_at": null, "permissions": ["jobs.cancel", "jobs.submit", "jobs.view", "tenants.view"], "replaced_at": null, "last_used_at": null}	{}	2026-11-25 19:31:10.240467+00
3	user:01a21430-7629-7040-bc28-29e19da37a80	/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/	dba85853a36a456a83729e621a4afbbb	dbf84546885e877b87dad2b884efbcb6064974249f89647546b58e9404a825fa	201	{"id": "01a21430-c5b5-707a-9c3b-5d2261b5485f", "can": ["jobs.cancel", "jobs.delete", "jobs.retry", "jobs.share", "jobs.submit", "jobs.suspend", "jobs.view", "templates.manage", "templates.view"], "why": null, "acts": ["cancel", "suspend", "clone"], "name": "nightly-report", "said": [], "spec": {"gang": true, "name": "nightly-report", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}, "phase": "queued", "labels": {}, "reason": "submitted", "attempt": 0, "cluster": null, "failure": null, "message": "Submitted.", "metrics": {}, "version": 1, "priority": "low", "progress": null, "purge_at": null, "replicas": {"wanted": 1, "running": 0}, "resolved": [], "restarts": 0, "schedule": null, "stopping": false, "framework": "custom", "queued_at": "2026-11-25T19:31:10.389922Z", "resources": [{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}], "tenant_id": "01a21430-87de-72b4-9670-4ebd8eb830cb", "conditions": [], "created_at": "2026-11-25T19:31:10.389922Z", "deleted_at": null, "generation": 1, "project_id": "01a21430-87ef-733f-a900-3efebe5a9c98", "restart_at": null, "started_at": null, "admitted_at": null, "deadline_at": null, "description": "", "eta_seconds": null, "finished_at": null, "tenant_slug": "aurora", "project_slug": "vision", "submitted_by": {"id": "01a21430-7629-7040-bc28-29e19da37a80", "kind": "person", "name": "Ann Lindqvist"}, "queue_position": null}	{"ETag": "\\"1\\"", "Location": "/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/01a21430-c5b5-707a-9c3b-5d2261b5485f/"}	2026-11-25 19:31:10.358773+00
4	user:01a21430-7629-7040-bc28-29e19da37a80	/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/	c82a3e74261f40eb98d43c74c6a7519a	c41dcb26c3800ab09bcf1796287ab11a6c722035f7094fd137c37d90cc2285e0	201	{"id": "01a21430-c745-77f4-8f70-75fa26d6a811", "can": ["jobs.cancel", "jobs.delete", "jobs.retry", "jobs.share", "jobs.submit", "jobs.suspend", "jobs.view", "templates.manage", "templates.view"], "why": null, "acts": ["cancel", "suspend", "clone"], "name": "faulty-import", "said": [], "spec": {"gang": true, "name": "faulty-import", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport sys\\nprint(\\"reading the data\\", flush=True)\\nprint(\\"data/train.csv: row 1207 has 12 columns, 13 are expected\\", file=sys.stderr, flush=True)\\nsys.exit(3)\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}, "phase": "queued", "labels": {}, "reason": "submitted", "attempt": 0, "cluster": null, "failure": null, "message": "Submitted.", "metrics": {}, "version": 1, "priority": "low", "progress": null, "purge_at": null, "replicas": {"wanted": 1, "running": 0}, "resolved": [], "restarts": 0, "schedule": null, "stopping": false, "framework": "custom", "queued_at": "2026-11-25T19:31:10.789888Z", "resources": [{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}], "tenant_id": "01a21430-87de-72b4-9670-4ebd8eb830cb", "conditions": [], "created_at": "2026-11-25T19:31:10.789888Z", "deleted_at": null, "generation": 1, "project_id": "01a21430-87ef-733f-a900-3efebe5a9c98", "restart_at": null, "started_at": null, "admitted_at": null, "deadline_at": null, "description": "", "eta_seconds": null, "finished_at": null, "tenant_slug": "aurora", "project_slug": "vision", "submitted_by": {"id": "01a21430-7629-7040-bc28-29e19da37a80", "kind": "person", "name": "Ann Lindqvist"}, "queue_position": null}	{"ETag": "\\"1\\"", "Location": "/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/01a21430-c745-77f4-8f70-75fa26d6a811/"}	2026-11-25 19:31:10.761831+00
6	user:01a21430-7629-7040-bc28-29e19da37a80	/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/	a09c641a200c43ee9a29d20b5654cc5b	ada4b691118251efe812d682203dd338fc9c50d0a0604222519057c2da0c6335	201	{"id": "01a21430-c9dd-7312-a2d0-effd5d78a1d4", "can": ["jobs.cancel", "jobs.delete", "jobs.retry", "jobs.share", "jobs.submit", "jobs.suspend", "jobs.view", "templates.manage", "templates.view"], "why": null, "acts": ["cancel", "suspend", "clone"], "name": "wrong-settings", "said": [], "spec": {"gang": true, "name": "wrong-settings", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "import time; time.sleep(3600)"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}, "phase": "queued", "labels": {}, "reason": "submitted", "attempt": 0, "cluster": null, "failure": null, "message": "Submitted.", "metrics": {}, "version": 1, "priority": "low", "progress": null, "purge_at": null, "replicas": {"wanted": 1, "running": 0}, "resolved": [], "restarts": 0, "schedule": null, "stopping": false, "framework": "custom", "queued_at": "2026-11-25T19:31:11.453869Z", "resources": [{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}], "tenant_id": "01a21430-87de-72b4-9670-4ebd8eb830cb", "conditions": [], "created_at": "2026-11-25T19:31:11.453869Z", "deleted_at": null, "generation": 1, "project_id": "01a21430-87ef-733f-a900-3efebe5a9c98", "restart_at": null, "started_at": null, "admitted_at": null, "deadline_at": null, "description": "", "eta_seconds": null, "finished_at": null, "tenant_slug": "aurora", "project_slug": "vision", "submitted_by": {"id": "01a21430-7629-7040-bc28-29e19da37a80", "kind": "person", "name": "Ann Lindqvist"}, "queue_position": null}	{"ETag": "\\"1\\"", "Location": "/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/01a21430-c9dd-7312-a2d0-effd5d78a1d4/"}	2026-11-25 19:31:11.441745+00
5	user:01a21430-7629-7040-bc28-29e19da37a80	/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/	51e660f0aff54d2a845d115092ab6ef9	c9d052fbb4bf565e07826948c6f4481cd3026c71b8a26b64092651e4ed892853	201	{"id": "01a21430-c857-70a2-a3b1-29a3c5c8464e", "can": ["jobs.cancel", "jobs.delete", "jobs.retry", "jobs.share", "jobs.submit", "jobs.suspend", "jobs.view", "templates.manage", "templates.view"], "why": null, "acts": ["cancel", "suspend", "clone"], "name": "publish-report", "said": [], "spec": {"gang": true, "name": "publish-report", "roles": [{"env": {"REGION": "north"}, "name": "worker", "image": null, "serves": false, "command": ["python", "main.py"], "devices": [], "env_from": [{"key": "token", "name": "TRACKER_TOKEN", "secret": "tracker", "version": null}], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": {"git": null, "archive": "01a21430-c441-7397-ba8b-39e89fbb8c5d"}, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}, "phase": "queued", "labels": {}, "reason": "submitted", "attempt": 0, "cluster": null, "failure": null, "message": "Submitted.", "metrics": {}, "version": 1, "priority": "low", "progress": null, "purge_at": null, "replicas": {"wanted": 1, "running": 0}, "resolved": [], "restarts": 0, "schedule": null, "stopping": false, "framework": "custom", "queued_at": "2026-11-25T19:31:11.063618Z", "resources": [{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}], "tenant_id": "01a21430-87de-72b4-9670-4ebd8eb830cb", "conditions": [], "created_at": "2026-11-25T19:31:11.063618Z", "deleted_at": null, "generation": 1, "project_id": "01a21430-87ef-733f-a900-3efebe5a9c98", "restart_at": null, "started_at": null, "admitted_at": null, "deadline_at": null, "description": "", "eta_seconds": null, "finished_at": null, "tenant_slug": "aurora", "project_slug": "vision", "submitted_by": {"id": "01a21430-7629-7040-bc28-29e19da37a80", "kind": "person", "name": "Ann Lindqvist"}, "queue_position": null}	{"ETag": "\\"1\\"", "Location": "/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/01a21430-c857-70a2-a3b1-29a3c5c8464e/"}	2026-11-25 19:31:11.045571+00
7	user:01a21430-7629-7040-bc28-29e19da37a80	/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/	9f8dba420b3742dd82f2c49c4b1e0ac3	180855f61066c8225ca40a57c6aac3c277fa5c8723988d1695cbb6d651f22036	201	{"id": "01a21430-caf2-76f0-9fe5-e79b8bcbbf96", "can": ["jobs.cancel", "jobs.delete", "jobs.retry", "jobs.share", "jobs.submit", "jobs.suspend", "jobs.view", "templates.manage", "templates.view"], "why": null, "acts": ["cancel", "suspend", "clone"], "name": "goes-on", "said": [], "spec": {"gang": true, "name": "goes-on", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport os, time\\nprint(\\"try\\", os.environ[\\"HANSE_ATTEMPT\\"], os.environ[\\"TRACKER_TOKEN\\"], flush=True)\\nos.environ[\\"HANSE_ATTEMPT\\"] == \\"1\\" and time.sleep(3600)\\n"], "devices": [], "env_from": [{"key": "token", "name": "TRACKER_TOKEN", "secret": "tracker", "version": null}], "replicas": 2, "memory_bytes": 67108864, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "on-failure", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}, "phase": "queued", "labels": {}, "reason": "submitted", "attempt": 0, "cluster": null, "failure": null, "message": "Submitted.", "metrics": {}, "version": 1, "priority": "low", "progress": null, "purge_at": null, "replicas": {"wanted": 2, "running": 0}, "resolved": [], "restarts": 0, "schedule": null, "stopping": false, "framework": "custom", "queued_at": "2026-11-25T19:31:11.730814Z", "resources": [{"amount": 200, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}], "tenant_id": "01a21430-87de-72b4-9670-4ebd8eb830cb", "conditions": [], "created_at": "2026-11-25T19:31:11.730814Z", "deleted_at": null, "generation": 1, "project_id": "01a21430-87ef-733f-a900-3efebe5a9c98", "restart_at": null, "started_at": null, "admitted_at": null, "deadline_at": null, "description": "", "eta_seconds": null, "finished_at": null, "tenant_slug": "aurora", "project_slug": "vision", "submitted_by": {"id": "01a21430-7629-7040-bc28-29e19da37a80", "kind": "person", "name": "Ann Lindqvist"}, "queue_position": null}	{"ETag": "\\"1\\"", "Location": "/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/01a21430-caf2-76f0-9fe5-e79b8bcbbf96/"}	2026-11-25 19:31:11.725772+00
9	user:01a21430-7629-7040-bc28-29e19da37a80	/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/	f069cc22f2b4492b931c771003d1e86d	2a7285cf6d1511715275a741072eeeee9e83b1b4366607660dee693df52755b9	201	{"id": "01a21430-cc57-720b-af8e-c74bfbde4f3b", "can": ["jobs.cancel", "jobs.delete", "jobs.retry", "jobs.share", "jobs.submit", "jobs.suspend", "jobs.view", "templates.manage", "templates.view"], "why": null, "acts": ["cancel", "suspend", "clone"], "name": "suspended", "said": [], "spec": {"gang": true, "name": "suspended", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}, "phase": "queued", "labels": {}, "reason": "submitted", "attempt": 0, "cluster": null, "failure": null, "message": "Submitted.", "metrics": {}, "version": 1, "priority": "low", "progress": null, "purge_at": null, "replicas": {"wanted": 1, "running": 0}, "resolved": [], "restarts": 0, "schedule": null, "stopping": false, "framework": "custom", "queued_at": "2026-11-25T19:31:12.087494Z", "resources": [{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}], "tenant_id": "01a21430-87de-72b4-9670-4ebd8eb830cb", "conditions": [], "created_at": "2026-11-25T19:31:12.087494Z", "deleted_at": null, "generation": 1, "project_id": "01a21430-87ef-733f-a900-3efebe5a9c98", "restart_at": null, "started_at": null, "admitted_at": null, "deadline_at": null, "description": "", "eta_seconds": null, "finished_at": null, "tenant_slug": "aurora", "project_slug": "vision", "submitted_by": {"id": "01a21430-7629-7040-bc28-29e19da37a80", "kind": "person", "name": "Ann Lindqvist"}, "queue_position": null}	{"ETag": "\\"1\\"", "Location": "/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/01a21430-cc57-720b-af8e-c74bfbde4f3b/"}	2026-11-25 19:31:12.08059+00
8	user:01a21430-7629-7040-bc28-29e19da37a80	/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/?draft=true	177241b9340b4f9388ec277225298df2	dbf84546885e877b87dad2b884efbcb6064974249f89647546b58e9404a825fa	201	{"id": "01a21430-cbee-77cf-9968-ebe464c821c8", "can": ["jobs.cancel", "jobs.delete", "jobs.retry", "jobs.share", "jobs.submit", "jobs.suspend", "jobs.view", "templates.manage", "templates.view"], "why": null, "acts": ["submit", "clone", "delete"], "name": "nightly-report", "said": [], "spec": {"gang": true, "name": "nightly-report", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}, "phase": "draft", "labels": {}, "reason": "", "attempt": 0, "cluster": null, "failure": null, "message": "", "metrics": {}, "version": 1, "priority": "low", "progress": null, "purge_at": null, "replicas": {"wanted": 1, "running": 0}, "resolved": [], "restarts": 0, "schedule": null, "stopping": false, "framework": "custom", "queued_at": null, "resources": [], "tenant_id": "01a21430-87de-72b4-9670-4ebd8eb830cb", "conditions": [], "created_at": "2026-11-25T19:31:11.982262Z", "deleted_at": null, "generation": 1, "project_id": "01a21430-87ef-733f-a900-3efebe5a9c98", "restart_at": null, "started_at": null, "admitted_at": null, "deadline_at": null, "description": "", "eta_seconds": null, "finished_at": null, "tenant_slug": "aurora", "project_slug": "vision", "submitted_by": {"id": "01a21430-7629-7040-bc28-29e19da37a80", "kind": "person", "name": "Ann Lindqvist"}, "queue_position": null}	{"ETag": "\\"1\\"", "Location": "/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/01a21430-cbee-77cf-9968-ebe464c821c8/"}	2026-11-25 19:31:11.978413+00
10	user:01a21430-7629-7040-bc28-29e19da37a80	/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/01a21430-cc57-720b-af8e-c74bfbde4f3b/suspend/	a4227be7ad4e49b6b0296062b567cbb1	099be80565c58982a2f49cb6ee3312f64062e9a1e7b4e130a739986a60f53eed	200	{"id": "01a21430-cc57-720b-af8e-c74bfbde4f3b", "can": ["jobs.cancel", "jobs.delete", "jobs.retry", "jobs.share", "jobs.submit", "jobs.suspend", "jobs.view", "templates.manage", "templates.view"], "why": null, "acts": ["cancel", "resume", "clone"], "name": "suspended", "said": [], "spec": {"gang": true, "name": "suspended", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}, "phase": "suspended", "labels": {}, "reason": "suspended", "attempt": 0, "cluster": null, "failure": null, "message": "Suspended.", "metrics": {}, "version": 2, "priority": "low", "progress": null, "purge_at": null, "replicas": {"wanted": 1, "running": 0}, "resolved": [], "restarts": 0, "schedule": null, "stopping": false, "framework": "custom", "queued_at": "2026-11-25T19:31:12.087494Z", "resources": [{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}], "tenant_id": "01a21430-87de-72b4-9670-4ebd8eb830cb", "conditions": [], "created_at": "2026-11-25T19:31:12.087494Z", "deleted_at": null, "generation": 1, "project_id": "01a21430-87ef-733f-a900-3efebe5a9c98", "restart_at": null, "started_at": null, "admitted_at": null, "deadline_at": null, "description": "", "eta_seconds": null, "finished_at": null, "tenant_slug": "aurora", "project_slug": "vision", "submitted_by": {"id": "01a21430-7629-7040-bc28-29e19da37a80", "kind": "person", "name": "Ann Lindqvist"}, "queue_position": null}	{"ETag": "\\"1\\""}	2026-11-25 19:31:12.426005+00
14	user:01a21430-7629-7040-bc28-29e19da37a80	/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/	91532a65c47b4d468741e2e20f0416fd	1aeeb67dbb12478b24b7723619b6091e465df5d886111ce33f955e797c921c44	201	{"id": "01a21430-d66b-76e7-9b22-c96d3ac6ae15", "can": ["jobs.cancel", "jobs.delete", "jobs.retry", "jobs.share", "jobs.submit", "jobs.suspend", "jobs.view", "templates.manage", "templates.view"], "why": null, "acts": ["cancel", "suspend", "clone"], "name": "withdrawn", "said": [], "spec": {"gang": true, "name": "withdrawn", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "import time; time.sleep(3600)"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}, "phase": "queued", "labels": {}, "reason": "submitted", "attempt": 0, "cluster": null, "failure": null, "message": "Submitted.", "metrics": {}, "version": 1, "priority": "low", "progress": null, "purge_at": null, "replicas": {"wanted": 1, "running": 0}, "resolved": [], "restarts": 0, "schedule": null, "stopping": false, "framework": "custom", "queued_at": "2026-11-25T19:31:14.667904Z", "resources": [{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}], "tenant_id": "01a21430-87de-72b4-9670-4ebd8eb830cb", "conditions": [], "created_at": "2026-11-25T19:31:14.667904Z", "deleted_at": null, "generation": 1, "project_id": "01a21430-87ef-733f-a900-3efebe5a9c98", "restart_at": null, "started_at": null, "admitted_at": null, "deadline_at": null, "description": "", "eta_seconds": null, "finished_at": null, "tenant_slug": "aurora", "project_slug": "vision", "submitted_by": {"id": "01a21430-7629-7040-bc28-29e19da37a80", "kind": "person", "name": "Ann Lindqvist"}, "queue_position": null}	{"ETag": "\\"1\\"", "Location": "/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/01a21430-d66b-76e7-9b22-c96d3ac6ae15/"}	2026-11-25 19:31:14.663247+00
11	user:01a21430-7629-7040-bc28-29e19da37a80	/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/01a21430-c9dd-7312-a2d0-effd5d78a1d4/cancel/	217086cc4e804466a62905161ccd1b01	099be80565c58982a2f49cb6ee3312f64062e9a1e7b4e130a739986a60f53eed	200	{"id": "01a21430-c9dd-7312-a2d0-effd5d78a1d4", "can": ["jobs.cancel", "jobs.delete", "jobs.retry", "jobs.share", "jobs.submit", "jobs.suspend", "jobs.view", "templates.manage", "templates.view"], "why": null, "acts": ["retry", "clone", "delete"], "name": "wrong-settings", "said": [], "spec": {"gang": true, "name": "wrong-settings", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "import time; time.sleep(3600)"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}, "phase": "cancelled", "labels": {}, "reason": "cancelled", "attempt": 1, "cluster": {"id": "01a21430-8795-754b-9741-d41a8e0062ed", "slug": "harbour"}, "failure": null, "message": "Cancelled.", "metrics": {}, "version": 3, "priority": "low", "progress": null, "purge_at": "2026-12-25T19:31:12.839264Z", "replicas": {"wanted": 1, "running": 0}, "resolved": [], "restarts": 0, "schedule": null, "stopping": false, "framework": "custom", "queued_at": "2026-11-25T19:31:11.453869Z", "resources": [{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}], "tenant_id": "01a21430-87de-72b4-9670-4ebd8eb830cb", "conditions": [], "created_at": "2026-11-25T19:31:11.453869Z", "deleted_at": null, "generation": 4, "project_id": "01a21430-87ef-733f-a900-3efebe5a9c98", "restart_at": null, "started_at": null, "admitted_at": "2026-11-25T19:31:12.024727Z", "deadline_at": null, "description": "", "eta_seconds": null, "finished_at": "2026-11-25T19:31:12.839264Z", "tenant_slug": "aurora", "project_slug": "vision", "submitted_by": {"id": "01a21430-7629-7040-bc28-29e19da37a80", "kind": "person", "name": "Ann Lindqvist"}, "queue_position": null}	{"ETag": "\\"4\\""}	2026-11-25 19:31:12.814404+00
12	user:01a21430-7915-70f4-8f51-c00a9ba1af45	/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/01a21430-c5b5-707a-9c3b-5d2261b5485f/shares/	f8c665cb5b0440a0b19813e48c78a95d	a5b5bc6356a709ced3952fdd11e46cef7b7d9d09f42fbe39c0751c5c862d13be	201	{"id": 1, "email": "ben@borealis.example"}	{}	2026-11-25 19:31:13.023655+00
13	user:01a21430-7629-7040-bc28-29e19da37a80	/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/	dde45409a1a9499aadd0502f8ccc2947	2313adbe5c2827a186da3b65a70221948d177003c09b0d380e3c2971e74cfe72	201	{"id": "01a21430-d62f-7030-8a0b-2a4d1e40f48d", "can": ["jobs.cancel", "jobs.delete", "jobs.retry", "jobs.share", "jobs.submit", "jobs.suspend", "jobs.view", "templates.manage", "templates.view"], "why": null, "acts": ["cancel", "suspend", "clone"], "name": "queued", "said": [], "spec": {"gang": true, "name": "queued", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}, "phase": "queued", "labels": {}, "reason": "submitted", "attempt": 0, "cluster": null, "failure": null, "message": "Submitted.", "metrics": {}, "version": 1, "priority": "low", "progress": null, "purge_at": null, "replicas": {"wanted": 1, "running": 0}, "resolved": [], "restarts": 0, "schedule": null, "stopping": false, "framework": "custom", "queued_at": "2026-11-25T19:31:14.607802Z", "resources": [{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}], "tenant_id": "01a21430-87de-72b4-9670-4ebd8eb830cb", "conditions": [], "created_at": "2026-11-25T19:31:14.607802Z", "deleted_at": null, "generation": 1, "project_id": "01a21430-87ef-733f-a900-3efebe5a9c98", "restart_at": null, "started_at": null, "admitted_at": null, "deadline_at": null, "description": "", "eta_seconds": null, "finished_at": null, "tenant_slug": "aurora", "project_slug": "vision", "submitted_by": {"id": "01a21430-7629-7040-bc28-29e19da37a80", "kind": "person", "name": "Ann Lindqvist"}, "queue_position": null}	{"ETag": "\\"1\\"", "Location": "/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/01a21430-d62f-7030-8a0b-2a4d1e40f48d/"}	2026-11-25 19:31:14.604962+00
15	user:01a21430-7629-7040-bc28-29e19da37a80	/api/v1/projects/01a21430-87ef-733f-a900-3efebe5a9c98/jobs/01a21430-d66b-76e7-9b22-c96d3ac6ae15/cancel/	0452e7edf3c448c4b7a5fc7a9ca59842	099be80565c58982a2f49cb6ee3312f64062e9a1e7b4e130a739986a60f53eed	200	{"id": "01a21430-d66b-76e7-9b22-c96d3ac6ae15", "can": ["jobs.cancel", "jobs.delete", "jobs.retry", "jobs.share", "jobs.submit", "jobs.suspend", "jobs.view", "templates.manage", "templates.view"], "why": null, "acts": ["retry", "clone", "delete"], "name": "withdrawn", "said": [], "spec": {"gang": true, "name": "withdrawn", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "import time; time.sleep(3600)"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}, "phase": "cancelled", "labels": {}, "reason": "cancelled", "attempt": 0, "cluster": null, "failure": null, "message": "Cancelled.", "metrics": {}, "version": 2, "priority": "low", "progress": null, "purge_at": "2026-12-25T19:31:14.721770Z", "replicas": {"wanted": 1, "running": 0}, "resolved": [], "restarts": 0, "schedule": null, "stopping": false, "framework": "custom", "queued_at": "2026-11-25T19:31:14.667904Z", "resources": [{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}], "tenant_id": "01a21430-87de-72b4-9670-4ebd8eb830cb", "conditions": [], "created_at": "2026-11-25T19:31:14.667904Z", "deleted_at": null, "generation": 1, "project_id": "01a21430-87ef-733f-a900-3efebe5a9c98", "restart_at": null, "started_at": null, "admitted_at": null, "deadline_at": null, "description": "", "eta_seconds": null, "finished_at": "2026-11-25T19:31:14.721770Z", "tenant_slug": "aurora", "project_slug": "vision", "submitted_by": {"id": "01a21430-7629-7040-bc28-29e19da37a80", "kind": "person", "name": "Ann Lindqvist"}, "queue_position": null}	{"ETag": "\\"1\\""}	2026-11-25 19:31:14.717553+00
\.


--
-- Data for Name: core_outboxevent; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.core_outboxevent (id, kind, object_id, version, tenant_id, project_id, op, created_at, user_id) FROM stdin;
84	job	01a21430-d62f-7030-8a0b-2a4d1e40f48d	1	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	added	2026-11-25 19:31:14.64234+00	\N
85	job	01a21430-d66b-76e7-9b22-c96d3ac6ae15	1	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	added	2026-11-25 19:31:14.693618+00	\N
86	job	01a21430-d66b-76e7-9b22-c96d3ac6ae15	2	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	changed	2026-11-25 19:31:14.72941+00	\N
\.


--
-- Data for Name: core_outboxhint; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.core_outboxhint (id, task, arguments, created_at) FROM stdin;
\.


--
-- Data for Name: core_outboxmail; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.core_outboxmail (id, purpose, user_id, address, subject, text, html, unsubscribe_path, phase, attempts, error, created_at, due_at, leased_until, finished_at) FROM stdin;
\.


--
-- Data for Name: core_outboxnotification; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.core_outboxnotification (id, code, tenant_id, project_id, object_kind, object_id, path, user_ids, arguments, created_at) FROM stdin;
\.


--
-- Data for Name: django_content_type; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.django_content_type (id, app_label, model) FROM stdin;
1	auth	permission
2	auth	group
3	contenttypes	contenttype
4	sessions	session
5	account	emailaddress
6	account	emailconfirmation
7	mfa	authenticator
8	guardian	groupobjectpermission
9	guardian	userobjectpermission
10	core	outboxevent
11	core	outboxhint
12	core	idempotencyrecord
13	core	outboxmail
14	core	outboxnotification
15	audit	auditchain
16	audit	auditentry
17	accounts	user
18	accounts	group
19	accounts	provider
20	accounts	opensession
21	accounts	provideraccount
22	tenants	tenant
23	tenants	project
24	tenants	member
25	tenants	apitoken
26	tenants	invitation
27	tenants	serviceaccount
28	secrets	secret
29	secrets	secretversion
30	clusters	cluster
31	clusters	flavor
32	clusters	node
33	quotas	priorityclass
34	quotas	cohort
35	quotas	ledgerentry
36	quotas	quota
37	quotas	quotaline
38	quotas	share
39	quotas	usercap
40	quotas	workload
41	quotas	quotarequest
42	storage	storedobject
43	monitoring	logchunk
44	monitoring	metricpoint
45	monitoring	inbox
46	monitoring	mute
47	monitoring	notification
48	code	code
49	jobs	job
50	jobs	artifact
51	jobs	jobshare
52	jobs	replica
53	jobs	template
54	jobs	timelineentry
55	jobs	jobcode
56	jobs	jobsecret
57	jobs	schedule
58	jobs	schedulerun
\.


--
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.django_migrations (id, app, name, applied) FROM stdin;
1	contenttypes	0001_initial	2026-11-25 19:30:29.747401+00
2	contenttypes	0002_remove_content_type_name	2026-11-25 19:30:29.763422+00
3	auth	0001_initial	2026-11-25 19:30:29.821667+00
4	auth	0002_alter_permission_name_max_length	2026-11-25 19:30:29.838247+00
5	auth	0003_alter_user_email_max_length	2026-11-25 19:30:29.851381+00
6	auth	0004_alter_user_username_opts	2026-11-25 19:30:29.861139+00
7	auth	0005_alter_user_last_login_null	2026-11-25 19:30:29.878183+00
8	auth	0006_require_contenttypes_0002	2026-11-25 19:30:29.88563+00
9	auth	0007_alter_validators_add_error_messages	2026-11-25 19:30:29.894908+00
10	auth	0008_alter_user_username_max_length	2026-11-25 19:30:29.91109+00
11	auth	0009_alter_user_last_name_max_length	2026-11-25 19:30:29.921613+00
12	auth	0010_alter_group_name_max_length	2026-11-25 19:30:29.931194+00
13	auth	0011_update_proxy_permissions	2026-11-25 19:30:29.943981+00
14	auth	0012_alter_user_first_name_max_length	2026-11-25 19:30:29.959018+00
15	accounts	0001_initial	2026-11-25 19:30:30.049805+00
16	account	0001_initial	2026-11-25 19:30:30.105752+00
17	account	0002_email_max_length	2026-11-25 19:30:30.127205+00
18	account	0003_alter_emailaddress_create_unique_verified_email	2026-11-25 19:30:30.156797+00
19	account	0004_alter_emailaddress_drop_unique_email	2026-11-25 19:30:30.182986+00
20	account	0005_emailaddress_idx_upper_email	2026-11-25 19:30:30.206528+00
21	account	0006_emailaddress_lower	2026-11-25 19:30:30.231057+00
22	account	0007_emailaddress_idx_email	2026-11-25 19:30:30.255813+00
23	account	0008_emailaddress_unique_primary_email_fixup	2026-11-25 19:30:30.281426+00
24	account	0009_emailaddress_unique_primary_email	2026-11-25 19:30:30.318656+00
25	accounts	0002_service_users	2026-11-25 19:30:30.351096+00
26	accounts	0003_sessions_and_single_sign_on	2026-11-25 19:30:30.43679+00
27	core	0001_initial	2026-11-25 19:30:30.46225+00
28	core	0002_mail	2026-11-25 19:30:30.485293+00
29	core	0003_notifications	2026-11-25 19:30:30.503744+00
30	core	0004_walls	2026-11-25 19:30:30.517649+00
31	audit	0001_initial	2026-11-25 19:30:30.532401+00
32	audit	0002_append_only	2026-11-25 19:30:30.535302+00
33	audit	0003_on_behalf_of	2026-11-25 19:30:30.586674+00
34	audit	0004_walls	2026-11-25 19:30:30.592919+00
35	clusters	0001_initial	2026-11-25 19:30:30.645388+00
36	tenants	0001_initial	2026-11-25 19:30:30.949551+00
37	storage	0001_initial	2026-11-25 19:30:30.979843+00
38	storage	0002_purpose_code	2026-11-25 19:30:30.983693+00
39	code	0001_initial	2026-11-25 19:30:31.033635+00
40	code	0002_walls	2026-11-25 19:30:31.039315+00
41	guardian	0001_initial	2026-11-25 19:30:31.141645+00
42	guardian	0002_generic_permissions_index	2026-11-25 19:30:31.178368+00
43	guardian	0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more	2026-11-25 19:30:31.317602+00
44	tenants	0002_service_accounts_and_invitations	2026-11-25 19:30:32.091089+00
45	tenants	0003_requires_second_factor	2026-11-25 19:30:32.152165+00
46	tenants	0004_token_end_told	2026-11-25 19:30:32.244068+00
47	tenants	0005_walls	2026-11-25 19:30:32.369105+00
48	storage	0003_walls	2026-11-25 19:30:32.393553+00
49	quotas	0001_initial	2026-11-25 19:30:33.405807+00
50	quotas	0002_priority_classes	2026-11-25 19:30:33.592335+00
51	quotas	0003_quota_requests	2026-11-25 19:30:33.636619+00
52	quotas	0004_elastic_and_independent_pods	2026-11-25 19:30:33.806209+00
53	quotas	0005_walls	2026-11-25 19:30:33.835749+00
54	monitoring	0001_initial	2026-11-25 19:30:33.860856+00
55	monitoring	0002_notifications	2026-11-25 19:30:34.091632+00
56	monitoring	0003_walls	2026-11-25 19:30:34.150901+00
57	jobs	0001_initial	2026-11-25 19:30:36.431105+00
58	jobs	0002_pause_after_failed_tries	2026-11-25 19:30:36.541441+00
59	jobs	0003_replica_log_complete	2026-11-25 19:30:36.567733+00
60	jobs	0004_inputs	2026-11-25 19:30:36.712699+00
61	jobs	0005_schedules	2026-11-25 19:30:38.271444+00
62	jobs	0006_walls	2026-11-25 19:30:38.767989+00
63	jobs	0007_shares_by_address	2026-11-25 19:30:39.238086+00
64	jobs	0008_what_is_said	2026-11-25 19:30:39.33121+00
65	mfa	0001_initial	2026-11-25 19:30:39.81768+00
66	mfa	0002_authenticator_timestamps	2026-11-25 19:30:39.969627+00
67	mfa	0003_authenticator_type_uniq	2026-11-25 19:30:40.181635+00
68	quotas	0006_what_is_said	2026-11-25 19:30:40.282863+00
69	secrets	0001_initial	2026-11-25 19:30:40.673057+00
70	secrets	0002_walls	2026-11-25 19:30:40.688052+00
71	sessions	0001_initial	2026-11-25 19:30:40.701004+00
\.


--
-- Data for Name: django_session; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.django_session (session_key, session_data, expire_date) FROM stdin;
b70nzacwwtzk3g5dlpqx3x33zfi7mdmd	.eJydj0trwzAQhP-LzrbRy3rklPZvlGJG0gab-hEsmxZC_nuVNIfmVOht2Z1vdubCEOOyz1uHfetp3oaIbVjmbqKtX1Jmh7cL-5nZgZ2R8-eyJlYxbOwgrG-NarlxjTHSCt1WjCYMY5Fino_Y12VFQ1-YziOx63v1x7duz7QWmAtIoRWvrZG-tlzzOkTpaulJ-ARl4XjJcHe5M92Q_oUFxA-abyzG8bZuHgGbu-Zxzs3LU9zXB_Vk1SP3xUcE2-qgtLMSEVGK6DVBJhWcCyVWctEbo2ABpbRwPLVkJSd14iflTyimK000BVopdci_a4Wiqa3VqXYo3SK1Kkaeyh3s-g306pEM:1xWIhw:sCf-Md6mLDEUKsANQiBaBTQ_67D2qyt3QnqyQZaUGqs	2026-12-09 19:31:08.704647+00
6y76dfglyvqv0579ha9hk6385x3q3fhu	.eJydkM9OwzAMxt8l56VKSNw0OwGvgVDluI5a0TZTkwqkae9ONnZgJyRu_vf7_NlngURpX0uPexl5LRNhmdLaL1zGNGRxfDuLn1gcxQlz_kzbIA4Cizhq56E1oFrfOA1Qs4PgBae5jqZS0jPuW9qw4S9cTjOLy_vhj3X9nnmrtNL4pK1R0nkN0qloZRdBS1IKfUCN0UI1cVO5Mf00_AsLSB-8Xlmc52u5uRtsbjP3dm5eHuy-3qkHqRHzWHVYKzJs2BIYcNEq67n1IcTOdIpi_Vk0xoQBBrSt4xiIIBhbXbNCR10V3XjhJfDGQ4_591lkNEqn2ygDAkviJwbyFnyI4vINtvySyw:1xWIhx:bKT-DVLJxFlGHpZpvcqgveLyzXHzF9ZWl4pyNKEtkXo	2026-12-09 19:31:09.727163+00
\.


--
-- Data for Name: guardian_groupobjectpermission; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.guardian_groupobjectpermission (id, object_pk, content_type_id, group_id, permission_id) FROM stdin;
\.


--
-- Data for Name: guardian_userobjectpermission; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.guardian_userobjectpermission (id, object_pk, content_type_id, permission_id, user_id) FROM stdin;
\.


--
-- Data for Name: jobs_artifact; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.jobs_artifact (id, attempt, rank, name, created_at, stored_id, job_id, tenant_id, project_id) FROM stdin;
01a21430-d428-73ce-b4d8-4b8dfc3edc8a	1	0	report.csv	2026-11-25 19:31:14.088706+00	01a21430-d41a-712e-bd78-fe4db9e3d731	01a21430-c5b5-707a-9c3b-5d2261b5485f	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
\.


--
-- Data for Name: jobs_job; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.jobs_job (id, version, created_at, generation, observed_generation, next_reconcile_at, conditions, lease_holder, lease_expires_at, fence, spec, name, description, labels, framework, priority, phase, reason, message, why, queue_position, resources, resolved, quota_held, attempt, restarts, replicas_wanted, replicas_running, progress, eta_seconds, metrics, progress_at, queued_at, admitted_at, started_at, finished_at, deadline_at, restart_at, deleted_at, purge_at, cluster_id, project_id, submitted_by_id, tenant_id, failed_tries, retry_at, schedule_id, schedule_name, said) FROM stdin;
01a21430-c745-77f4-8f70-75fa26d6a811	4	2026-11-25 19:31:10.789888+00	4	4	\N	[]		\N	2	{"gang": true, "name": "faulty-import", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport sys\\nprint(\\"reading the data\\", flush=True)\\nprint(\\"data/train.csv: row 1207 has 12 columns, 13 are expected\\", file=sys.stderr, flush=True)\\nsys.exit(3)\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}	faulty-import		{}	custom	low	failed	error-exit	The program ended with an error: replica 0 (exit code 3).		\N	[{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}]	[]	f	1	0	1	0	\N	\N	{}	\N	2026-11-25 19:31:10.789888+00	2026-11-25 19:31:11.076273+00	2026-11-25 19:31:12.411223+00	2026-11-25 19:31:13.554056+00	\N	\N	\N	2026-12-25 19:31:13.554056+00	01a21430-8795-754b-9741-d41a8e0062ed	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-87de-72b4-9670-4ebd8eb830cb	0	\N	\N		[]
01a21430-cbee-77cf-9968-ebe464c821c8	1	2026-11-25 19:31:11.982262+00	1	1	\N	[]		\N	0	{"gang": true, "name": "nightly-report", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}	nightly-report		{}	custom	low	draft				\N	[]	[]	f	0	0	1	0	\N	\N	{}	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-87de-72b4-9670-4ebd8eb830cb	0	\N	\N		[]
01a21430-d66b-76e7-9b22-c96d3ac6ae15	2	2026-11-25 19:31:14.667904+00	1	1	\N	[]		\N	0	{"gang": true, "name": "withdrawn", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "import time; time.sleep(3600)"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}	withdrawn		{}	custom	low	cancelled	cancelled	Cancelled.		\N	[{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}]	[]	f	0	0	1	0	\N	\N	{}	\N	2026-11-25 19:31:14.667904+00	\N	\N	2026-11-25 19:31:14.72177+00	\N	\N	\N	2026-12-25 19:31:14.72177+00	\N	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-87de-72b4-9670-4ebd8eb830cb	0	\N	\N		[]
01a21430-cc57-720b-af8e-c74bfbde4f3b	2	2026-11-25 19:31:12.087494+00	1	1	\N	[]		\N	0	{"gang": true, "name": "suspended", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}	suspended		{}	custom	low	suspended	suspended	Suspended.		\N	[{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}]	[]	f	0	0	1	0	\N	\N	{}	\N	2026-11-25 19:31:12.087494+00	\N	\N	\N	\N	\N	\N	\N	\N	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-87de-72b4-9670-4ebd8eb830cb	0	\N	\N		[]
01a21430-caf2-76f0-9fe5-e79b8bcbbf96	3	2026-11-25 19:31:11.730814+00	3	3	\N	[]		\N	1	{"gang": true, "name": "goes-on", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport os, time\\nprint(\\"try\\", os.environ[\\"HANSE_ATTEMPT\\"], os.environ[\\"TRACKER_TOKEN\\"], flush=True)\\nos.environ[\\"HANSE_ATTEMPT\\"] == \\"1\\" and time.sleep(3600)\\n"], "devices": [], "env_from": [{"key": "token", "name": "TRACKER_TOKEN", "secret": "tracker", "version": null}], "replicas": 2, "memory_bytes": 67108864, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "on-failure", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}	goes-on		{}	custom	low	running	running	All 2 replicas run.		\N	[{"amount": 200, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}]	[]	t	1	0	2	2	\N	\N	{}	\N	2026-11-25 19:31:11.730814+00	2026-11-25 19:31:12.053881+00	2026-11-25 19:31:13.204283+00	\N	\N	\N	\N	\N	01a21430-8795-754b-9741-d41a8e0062ed	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-87de-72b4-9670-4ebd8eb830cb	0	\N	\N		[]
01a21430-c9dd-7312-a2d0-effd5d78a1d4	5	2026-11-25 19:31:11.453869+00	4	4	\N	[]		\N	1	{"gang": true, "name": "wrong-settings", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "import time; time.sleep(3600)"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}	wrong-settings		{}	custom	low	cancelled	cancelled	Cancelled.		\N	[{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}]	[]	f	1	0	1	0	\N	\N	{}	\N	2026-11-25 19:31:11.453869+00	2026-11-25 19:31:12.024727+00	2026-11-25 19:31:13.186815+00	2026-11-25 19:31:12.839264+00	\N	\N	\N	2026-12-25 19:31:12.839264+00	01a21430-8795-754b-9741-d41a8e0062ed	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-87de-72b4-9670-4ebd8eb830cb	0	\N	\N		[]
01a21430-c857-70a2-a3b1-29a3c5c8464e	4	2026-11-25 19:31:11.063618+00	4	4	\N	[]		\N	2	{"gang": true, "name": "publish-report", "roles": [{"env": {"REGION": "north"}, "name": "worker", "image": null, "serves": false, "command": ["python", "main.py"], "devices": [], "env_from": [{"key": "token", "name": "TRACKER_TOKEN", "secret": "tracker", "version": null}], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": {"git": null, "archive": "01a21430-c441-7397-ba8b-39e89fbb8c5d"}, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}	publish-report		{}	custom	low	succeeded	succeeded	All replicas ended with exit code 0.		\N	[{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}]	[]	f	1	0	1	0	\N	\N	{}	\N	2026-11-25 19:31:11.063618+00	2026-11-25 19:31:11.617746+00	2026-11-25 19:31:12.459519+00	2026-11-25 19:31:13.666958+00	\N	\N	\N	2026-12-25 19:31:13.666958+00	01a21430-8795-754b-9741-d41a8e0062ed	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-87de-72b4-9670-4ebd8eb830cb	0	\N	\N		[]
01a21430-d62f-7030-8a0b-2a4d1e40f48d	1	2026-11-25 19:31:14.607802+00	1	1	\N	[]		\N	0	{"gang": true, "name": "queued", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}	queued		{}	custom	low	queued	submitted	Submitted.		\N	[{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}]	[]	f	0	0	1	0	\N	\N	{}	\N	2026-11-25 19:31:14.607802+00	\N	\N	\N	\N	\N	\N	\N	\N	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-87de-72b4-9670-4ebd8eb830cb	0	\N	\N		[]
01a21430-c5b5-707a-9c3b-5d2261b5485f	8	2026-11-25 19:31:10.389922+00	4	4	\N	[]		\N	2	{"gang": true, "name": "nightly-report", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}	nightly-report		{}	custom	low	succeeded	succeeded	All replicas ended with exit code 0.		\N	[{"amount": 100, "flavor": "cpu", "resource": "cpu"}, {"amount": 134217728, "flavor": "cpu", "resource": "memory"}]	[]	f	1	0	1	0	1	\N	{"rows": 5000.0}	2026-11-25 19:31:13.674527+00	2026-11-25 19:31:10.389922+00	2026-11-25 19:31:10.843322+00	2026-11-25 19:31:12.381124+00	2026-11-25 19:31:14.201716+00	\N	\N	\N	2026-12-25 19:31:14.201716+00	01a21430-8795-754b-9741-d41a8e0062ed	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-87de-72b4-9670-4ebd8eb830cb	0	\N	\N		[]
\.


--
-- Data for Name: jobs_jobcode; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.jobs_jobcode (job_id, state, commit, tries, next_try_at, message, code_id, tenant_id) FROM stdin;
01a21430-c857-70a2-a3b1-29a3c5c8464e	ready		0	\N		01a21430-c441-7397-ba8b-39e89fbb8c5d	01a21430-87de-72b4-9670-4ebd8eb830cb
\.


--
-- Data for Name: jobs_jobsecret; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.jobs_jobsecret (id, name, asked, secret_id, version, pinned_at, job_id, project_id, tenant_id) FROM stdin;
01a21430-c911-7516-a395-c64092750737	tracker	\N	01a21430-c3b2-7254-92a9-1087a4b3b677	1	2026-11-25 19:31:11.617795+00	01a21430-c857-70a2-a3b1-29a3c5c8464e	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-87de-72b4-9670-4ebd8eb830cb
01a21430-cb3e-7541-aef8-00fc20cdd7fa	tracker	\N	01a21430-c3b2-7254-92a9-1087a4b3b677	1	2026-11-25 19:31:12.053942+00	01a21430-caf2-76f0-9fe5-e79b8bcbbf96	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-87de-72b4-9670-4ebd8eb830cb
\.


--
-- Data for Name: jobs_jobshare; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.jobs_jobshare (id, content_object_id, permission_id, user_id, email) FROM stdin;
1	01a21430-c5b5-707a-9c3b-5d2261b5485f	193	01a21430-7ea9-753d-b29a-83e95b8b4125	ben@borealis.example
\.


--
-- Data for Name: jobs_replica; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.jobs_replica (id, attempt, role, index, rank, node, phase, exit_code, signal, reason, started_at, finished_at, job_id, log_complete, tenant_id, project_id) FROM stdin;
01a21430-cc6b-7437-ba0e-2b69f6b5b123	1	worker	0	0	vm	running	\N	\N		2026-11-25 19:31:13.27607+00	\N	01a21430-caf2-76f0-9fe5-e79b8bcbbf96	f	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-cc6b-7437-ba0e-2b6a70155a2d	1	worker	1	1	vm	running	\N	\N		2026-11-25 19:31:13.204283+00	\N	01a21430-caf2-76f0-9fe5-e79b8bcbbf96	f	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-c869-72a7-a763-14cc7766f80a	1	worker	0	0	vm	failed	3	\N		2026-11-25 19:31:12.411223+00	2026-11-25 19:31:12.492457+00	01a21430-c745-77f4-8f70-75fa26d6a811	t	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-cabd-7320-926a-0e97bae43079	1	worker	0	0	vm	succeeded	0	\N		2026-11-25 19:31:12.459519+00	2026-11-25 19:31:12.614303+00	01a21430-c857-70a2-a3b1-29a3c5c8464e	t	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-c783-75cd-8a4f-e3d5b8299132	1	worker	0	0	vm	succeeded	0	\N		2026-11-25 19:31:12.381124+00	2026-11-25 19:31:13.989164+00	01a21430-c5b5-707a-9c3b-5d2261b5485f	t	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-cc1a-72a9-84b8-8f5df87688d3	1	worker	0	0	vm	stopped	\N	15		2026-11-25 19:31:13.186815+00	2026-11-25 19:31:13.44015+00	01a21430-c9dd-7312-a2d0-effd5d78a1d4	t	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
\.


--
-- Data for Name: jobs_schedule; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.jobs_schedule (id, version, created_at, name, cron, time_zone, spec, overlap, missed, starting_deadline_seconds, state, state_reason, next_run_at, last_due_at, last_outcome, last_reason, last_job_id, generation, owner_id, project_id, template_id, tenant_id) FROM stdin;
01a21430-898b-7228-be25-98a6cbd7219a	1	2026-11-25 19:30:54.987634+00	nightly-report	0 2 * * 1-5	Europe/Berlin	{"gang": true, "name": "nightly-report", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "\\nimport json, os, pathlib, time\\nfor step in range(1, 6):\\n    print(f\\"step {step} of 5\\", flush=True)\\n    print(json.dumps({\\"progress\\": step / 5, \\"metrics\\": {\\"rows\\": step * 1000}}), flush=True)\\n    time.sleep(0.3)\\n(pathlib.Path(os.environ[\\"HANSE_ARTIFACTS\\"]) / \\"report.csv\\").write_text(\\"rows\\\\n5000\\\\n\\")\\n"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 300}	forbid	catch-up	3600	active		2026-11-26 01:00:00+00	\N			\N	1	01a21430-7629-7040-bc28-29e19da37a80	01a21430-87ef-733f-a900-3efebe5a9c98	\N	01a21430-87de-72b4-9670-4ebd8eb830cb
\.


--
-- Data for Name: jobs_schedulerun; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.jobs_schedulerun (id, tenant_id, due_at, by_hand, outcome, reason, message, job_id, created_at, schedule_id) FROM stdin;
\.


--
-- Data for Name: jobs_template; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.jobs_template (id, version, created_at, name, description, spec, generation, created_by_id, tenant_id) FROM stdin;
01a21430-89cc-7787-a2eb-776188f52c07	1	2026-11-25 19:30:55.05227+00	digits-data-parallel	Two ranks train a small network on the digits images and average their gradients over TCP.	{"gang": true, "name": "digits", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-m", "demonstration.digits"], "devices": [], "env_from": [], "replicas": 2, "memory_bytes": 536870912, "min_replicas": null, "secret_files": [], "cpu_millicores": 500}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "Data-parallel training on scikit-learn's digits; reports loss and held-out accuracy.", "fault_policy": {"clean": "none", "restart": "on-failure", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 2, "deadline_seconds": 900}, "resize_pause_seconds": 300}	1	01a21430-8186-7763-b015-7b5469cb82b7	\N
01a21430-89d6-764a-a54c-f145ed1fbcfa	1	2026-11-25 19:30:55.062322+00	elastic-digits	The same training with one to four ranks: it fills what is idle, gives way to others, and goes on where it was.	{"gang": true, "name": "digits-elastic", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-m", "demonstration.digits", "--epochs", "60"], "devices": [], "env_from": [], "replicas": 4, "memory_bytes": 536870912, "min_replicas": 1, "secret_files": [], "cpu_millicores": 250}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "never", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 3, "deadline_seconds": null}, "resize_pause_seconds": 60}	1	01a21430-8186-7763-b015-7b5469cb82b7	\N
01a21430-89db-71b0-83fc-09cd8d597070	1	2026-11-25 19:30:55.067696+00	sweep-of-seeds	Eight independent runs of the training, each from another seed: they start one by one, as there is room.	{"gang": false, "name": "digits-sweep", "roles": [{"env": {}, "name": "run", "image": null, "serves": false, "command": ["python", "-m", "demonstration.digits", "--epochs", "8", "--pace", "0.5"], "devices": [], "env_from": [], "replicas": 8, "memory_bytes": 536870912, "min_replicas": null, "secret_files": [], "cpu_millicores": 500}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "on-failure", "exit_codes": [], "keep_seconds": 2592000, "backoff_limit": 1, "deadline_seconds": null}, "resize_pause_seconds": 300}	1	01a21430-8186-7763-b015-7b5469cb82b7	\N
01a21430-89e2-72ce-ae9a-13cc2f119f52	1	2026-11-25 19:30:55.074369+00	retry-on-exit-code	A process that now and then ends with exit code 75; only that one is tried again.	{"gang": true, "name": "retry", "roles": [{"env": {}, "name": "worker", "image": null, "serves": false, "command": ["python", "-c", "import random, sys; print('thinking'); sys.exit(random.choice([0, 75, 75]))"], "devices": [], "env_from": [], "replicas": 1, "memory_bytes": 134217728, "min_replicas": null, "secret_files": [], "cpu_millicores": 100}], "labels": {}, "source": null, "cluster": "any", "priority": "low", "framework": "custom", "description": "", "fault_policy": {"clean": "none", "restart": "on-exit-codes", "exit_codes": [75], "keep_seconds": 2592000, "backoff_limit": 5, "deadline_seconds": null}, "resize_pause_seconds": 300}	1	01a21430-8186-7763-b015-7b5469cb82b7	\N
\.


--
-- Data for Name: jobs_timelineentry; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.jobs_timelineentry (id, at, attempt, phase, reason, message, actor_id, actor_label, job_id, tenant_id, project_id) FROM stdin;
01a21430-c653-7091-a161-d9d83b0fa3c3	2026-11-25 19:31:10.547101+00	0	queued	submitted	Submitted.	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	01a21430-c5b5-707a-9c3b-5d2261b5485f	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-c785-716f-b22e-4f77a6ef3024	2026-11-25 19:31:10.853687+00	1	admitted	admitted	Got its quota in This machine.	00000000-0000-0000-0000-000000000000	admission	01a21430-c5b5-707a-9c3b-5d2261b5485f	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-c7cc-728d-a1c7-45aa40d928b1	2026-11-25 19:31:10.924083+00	0	queued	submitted	Submitted.	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	01a21430-c745-77f4-8f70-75fa26d6a811	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-c876-7342-9a6f-2a4810165f86	2026-11-25 19:31:11.094373+00	1	admitted	admitted	Got its quota in This machine.	00000000-0000-0000-0000-000000000000	admission	01a21430-c745-77f4-8f70-75fa26d6a811	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-c94a-7593-9824-43cf1236c2fa	2026-11-25 19:31:11.306258+00	0	queued	submitted	Submitted.	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	01a21430-c857-70a2-a3b1-29a3c5c8464e	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-ca7b-7068-88ba-6aa7556eecdd	2026-11-25 19:31:11.611473+00	0	queued	submitted	Submitted.	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	01a21430-c9dd-7312-a2d0-effd5d78a1d4	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-cac2-74d9-b70b-aac9dee6be70	2026-11-25 19:31:11.682182+00	1	admitted	admitted	Got its quota in This machine.	00000000-0000-0000-0000-000000000000	admission	01a21430-c857-70a2-a3b1-29a3c5c8464e	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-cb47-722f-9ed2-84524eb3cf5b	2026-11-25 19:31:11.815669+00	0	queued	submitted	Submitted.	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	01a21430-caf2-76f0-9fe5-e79b8bcbbf96	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-cbf5-772b-8147-ca0af44020ed	2026-11-25 19:31:11.98968+00	0	draft	drafted	Written as a draft.	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	01a21430-cbee-77cf-9968-ebe464c821c8	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-cc1c-74c3-adf4-37771ff42c77	2026-11-25 19:31:12.02879+00	1	admitted	admitted	Got its quota in This machine.	00000000-0000-0000-0000-000000000000	admission	01a21430-c9dd-7312-a2d0-effd5d78a1d4	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-cc7a-7103-a74a-19cdda211e41	2026-11-25 19:31:12.122545+00	1	admitted	admitted	Got its quota in This machine.	00000000-0000-0000-0000-000000000000	admission	01a21430-caf2-76f0-9fe5-e79b8bcbbf96	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-ccb5-76ae-8c0b-602cd16279e0	2026-11-25 19:31:12.181975+00	0	queued	submitted	Submitted.	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	01a21430-cc57-720b-af8e-c74bfbde4f3b	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-cdfa-700f-967e-0a1837f1b961	2026-11-25 19:31:12.506579+00	0	suspended	suspended	Suspended.	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	01a21430-cc57-720b-af8e-c74bfbde4f3b	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-ce38-71e6-b9f9-3e8905471ca7	2026-11-25 19:31:12.568526+00	1	starting	starting	Its replicas are being started.	00000000-0000-0000-0000-000000000000	watcher	01a21430-c5b5-707a-9c3b-5d2261b5485f	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-ce50-7455-9194-297e32e1ee3a	2026-11-25 19:31:12.592436+00	1	starting	starting	Its replicas are being started.	00000000-0000-0000-0000-000000000000	watcher	01a21430-c745-77f4-8f70-75fa26d6a811	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-cedc-7644-a285-1a9e3455dcb9	2026-11-25 19:31:12.732438+00	1	running	running	It runs.	00000000-0000-0000-0000-000000000000	watcher	01a21430-c857-70a2-a3b1-29a3c5c8464e	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-cf47-7418-a4ac-4d1d27bd1f21	2026-11-25 19:31:12.839413+00	1	cancelled	cancelled	Cancelled.	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	01a21430-c9dd-7312-a2d0-effd5d78a1d4	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-cfc7-7279-947c-aa5562d8e96d	2026-11-25 19:31:12.967702+00	1	running	running	It runs.	00000000-0000-0000-0000-000000000000	watcher	01a21430-c5b5-707a-9c3b-5d2261b5485f	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-d16a-7255-972b-e9d474d46f60	2026-11-25 19:31:13.386532+00	1	running	running	All 2 replicas run.	00000000-0000-0000-0000-000000000000	watcher	01a21430-caf2-76f0-9fe5-e79b8bcbbf96	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-d230-731d-a420-0e0f33419f4c	2026-11-25 19:31:13.584217+00	1	failed	error-exit	The program ended with an error: replica 0 (exit code 3).	00000000-0000-0000-0000-000000000000	watcher	01a21430-c745-77f4-8f70-75fa26d6a811	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-d29e-71f8-b8e2-79b0f51b9498	2026-11-25 19:31:13.694677+00	1	succeeded	succeeded	All replicas ended with exit code 0.	00000000-0000-0000-0000-000000000000	watcher	01a21430-c857-70a2-a3b1-29a3c5c8464e	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-d4a7-70d1-82ef-7d7b79104167	2026-11-25 19:31:14.215218+00	1	succeeded	succeeded	All replicas ended with exit code 0.	00000000-0000-0000-0000-000000000000	watcher	01a21430-c5b5-707a-9c3b-5d2261b5485f	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-d651-75bc-9d83-db7c7d192975	2026-11-25 19:31:14.641291+00	0	queued	submitted	Submitted.	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	01a21430-d62f-7030-8a0b-2a4d1e40f48d	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-d684-738d-8fd8-45b76cace740	2026-11-25 19:31:14.692617+00	0	queued	submitted	Submitted.	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	01a21430-d66b-76e7-9b22-c96d3ac6ae15	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
01a21430-d6a1-72a1-9640-f301c6974f3c	2026-11-25 19:31:14.721862+00	0	cancelled	cancelled	Cancelled.	01a21430-7629-7040-bc28-29e19da37a80	ann@aurora.example	01a21430-d66b-76e7-9b22-c96d3ac6ae15	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
\.


--
-- Data for Name: mfa_authenticator; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.mfa_authenticator (id, type, data, user_id, created_at, last_used_at) FROM stdin;
\.


--
-- Data for Name: monitoring_inbox; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.monitoring_inbox (id, version, created_at, choices, generation, user_id) FROM stdin;
01a21430-cb9c-7605-819d-141334f86f1f	2	2026-11-25 19:31:11.900548+00	{}	1	01a21430-7915-70f4-8f51-c00a9ba1af45
01a21430-cb9c-7605-819d-1414336777b0	2	2026-11-25 19:31:11.900566+00	{}	1	01a21430-7bde-73e6-8472-545c739c07e8
01a21430-cb9c-7605-819d-141536ca58bf	2	2026-11-25 19:31:11.900582+00	{}	1	01a21430-7ea9-753d-b29a-83e95b8b4125
01a21430-cb9c-7605-819d-1412d5c43973	5	2026-11-25 19:31:11.900506+00	{}	1	01a21430-7629-7040-bc28-29e19da37a80
\.


--
-- Data for Name: monitoring_logchunk; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.monitoring_logchunk (id, tenant_id, project_id, subject_kind, subject_id, attempt, rank, first_number, last_number, line_count, first_at, last_at, source_position, object_id, created_at) FROM stdin;
01a21430-d001-7324-bffd-58fc57f4d122	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c745-77f4-8f70-75fa26d6a811	1	0	1	2	2	2026-11-25 19:31:12.47886+00	2026-11-25 19:31:12.478913+00	152	01a21430-cf8d-725a-8643-172e28899e1a	2026-11-25 19:31:13.025719+00
01a21430-d15b-7267-ac8d-fc0fe76438b2	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c857-70a2-a3b1-29a3c5c8464e	1	0	1	2	2	2026-11-25 19:31:12.54762+00	2026-11-25 19:31:12.54762+00	189	01a21430-d146-75ea-b953-b635ff5ebdc1	2026-11-25 19:31:13.371653+00
01a21430-d429-748e-affb-8e2f5a253c8c	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c5b5-707a-9c3b-5d2261b5485f	1	0	1	10	10	2026-11-25 19:31:12.502161+00	2026-11-25 19:31:13.674527+00	676	01a21430-d420-728a-9405-c04e10ab0efd	2026-11-25 19:31:14.089593+00
\.


--
-- Data for Name: monitoring_metricpoint; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.monitoring_metricpoint (id, subject_kind, subject_id, attempt, rank, name, at, value, tenant_id, project_id) FROM stdin;
1	job	01a21430-c5b5-707a-9c3b-5d2261b5485f	1	\N	rows	2026-11-25 19:31:12.502161+00	1000	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
2	job	01a21430-c5b5-707a-9c3b-5d2261b5485f	1	0	cpu_millicores	2026-11-25 19:31:12.501996+00	146.7	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
3	job	01a21430-c5b5-707a-9c3b-5d2261b5485f	1	0	memory_bytes	2026-11-25 19:31:12.501996+00	10506240	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
4	job	01a21430-c745-77f4-8f70-75fa26d6a811	1	0	cpu_millicores	2026-11-25 19:31:12.478693+00	0	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
5	job	01a21430-c745-77f4-8f70-75fa26d6a811	1	0	memory_bytes	2026-11-25 19:31:12.478693+00	0	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
6	job	01a21430-c857-70a2-a3b1-29a3c5c8464e	1	0	cpu_millicores	2026-11-25 19:31:12.580966+00	0	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
7	job	01a21430-c857-70a2-a3b1-29a3c5c8464e	1	0	memory_bytes	2026-11-25 19:31:12.580966+00	0	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
8	job	01a21430-c5b5-707a-9c3b-5d2261b5485f	1	\N	rows	2026-11-25 19:31:12.773756+00	2000	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
9	job	01a21430-c5b5-707a-9c3b-5d2261b5485f	1	\N	rows	2026-11-25 19:31:13.077437+00	3000	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
10	job	01a21430-c5b5-707a-9c3b-5d2261b5485f	1	\N	rows	2026-11-25 19:31:13.374424+00	4000	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
11	job	01a21430-c5b5-707a-9c3b-5d2261b5485f	1	\N	rows	2026-11-25 19:31:13.674527+00	5000	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
12	job	01a21430-c9dd-7312-a2d0-effd5d78a1d4	1	0	cpu_millicores	2026-11-25 19:31:13.427778+00	0	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
13	job	01a21430-c9dd-7312-a2d0-effd5d78a1d4	1	0	memory_bytes	2026-11-25 19:31:13.427778+00	0	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
14	job	01a21430-caf2-76f0-9fe5-e79b8bcbbf96	1	0	cpu_millicores	2026-11-25 19:31:13.348332+00	110.7	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
15	job	01a21430-caf2-76f0-9fe5-e79b8bcbbf96	1	0	memory_bytes	2026-11-25 19:31:13.348332+00	8503296	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
16	job	01a21430-caf2-76f0-9fe5-e79b8bcbbf96	1	1	cpu_millicores	2026-11-25 19:31:13.295985+00	135.2	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
17	job	01a21430-caf2-76f0-9fe5-e79b8bcbbf96	1	1	memory_bytes	2026-11-25 19:31:13.295985+00	8380416	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98
\.


--
-- Data for Name: monitoring_mute; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.monitoring_mute (id, object_kind, object_id, label, created_at, user_id) FROM stdin;
\.


--
-- Data for Name: monitoring_notification; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.monitoring_notification (id, code, severity, tenant_id, project_id, object_kind, object_id, path, arguments, count, bell, mail_id, digest_at, read_at, created_at, last_at, user_id) FROM stdin;
01a21430-cbba-73a4-9e4f-8d73037bf172	member.added	info	01a21430-87de-72b4-9670-4ebd8eb830cb	\N	member	01a21430-8801-760c-9e8f-e151ae3d5cd4	/t/aurora	{"role": "owner", "actor": "admin@hanse.example", "place": "Aurora Robotics"}	1	t	\N	\N	\N	2026-11-25 19:30:54.616123+00	2026-11-25 19:30:54.616123+00	01a21430-7915-70f4-8f51-c00a9ba1af45
01a21430-cbcd-75bc-9eba-a4aaba26d1fb	member.added	info	01a21430-87de-72b4-9670-4ebd8eb830cb	\N	member	01a21430-8842-70e4-81b0-3589bc49b7ba	/t/aurora	{"role": "developer", "actor": "otto@aurora.example", "place": "Aurora Robotics"}	1	t	\N	\N	\N	2026-11-25 19:30:54.688771+00	2026-11-25 19:30:54.688771+00	01a21430-7629-7040-bc28-29e19da37a80
01a21430-cbe5-7509-b838-f1ddcf86da11	member.added	info	01a21430-87de-72b4-9670-4ebd8eb830cb	\N	member	01a21430-8864-766c-9baf-9abc77891f13	/t/aurora	{"role": "viewer", "actor": "otto@aurora.example", "place": "Aurora Robotics"}	1	t	\N	\N	\N	2026-11-25 19:30:54.702613+00	2026-11-25 19:30:54.702613+00	01a21430-7bde-73e6-8472-545c739c07e8
01a21430-cbfa-7797-8d83-3b9896226dd5	member.added	info	01a21430-892a-7249-bfc4-7e35b3eaa4a2	\N	member	01a21430-893d-75de-abe2-ee35071c0b5e	/t/borealis	{"role": "owner", "actor": "admin@hanse.example", "place": "Borealis Bank"}	1	t	\N	\N	\N	2026-11-25 19:30:54.918238+00	2026-11-25 19:30:54.918238+00	01a21430-7ea9-753d-b29a-83e95b8b4125
01a21430-cc0a-7084-8736-fc2930f458c4	member.added	info	01a21430-87de-72b4-9670-4ebd8eb830cb	\N	member	01a21430-89a7-72b7-ab62-2f0c160b4d46	/t/aurora	{"role": "viewer", "actor": "admin@hanse.example", "place": "Aurora Robotics"}	1	t	\N	\N	\N	2026-11-25 19:30:55.033677+00	2026-11-25 19:30:55.033677+00	01a21430-7bde-73e6-8472-545c739c07e8
01a21430-cc17-76ac-8d0e-46a7ba76b476	member.added	info	01a21430-892a-7249-bfc4-7e35b3eaa4a2	\N	member	01a21430-89ba-730a-9977-72d716db6977	/t/borealis	{"role": "viewer", "actor": "admin@hanse.example", "place": "Borealis Bank"}	1	t	\N	\N	\N	2026-11-25 19:30:55.050964+00	2026-11-25 19:30:55.050964+00	01a21430-7bde-73e6-8472-545c739c07e8
01a21430-d304-74b1-87f3-986128ef8b6b	job.failed	error	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c745-77f4-8f70-75fa26d6a811	/t/aurora/p/vision/jobs/01a21430-c745-77f4-8f70-75fa26d6a811	{"name": "faulty-import", "reason": "error-exit", "tenant": "aurora", "message": "The program ended with an error: replica 0 (exit code 3).", "project": "vision"}	1	t	\N	\N	\N	2026-11-25 19:31:13.601862+00	2026-11-25 19:31:13.601862+00	01a21430-7629-7040-bc28-29e19da37a80
01a21430-d38e-7433-9f4e-5fe409f1b3f2	job.succeeded	success	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c857-70a2-a3b1-29a3c5c8464e	/t/aurora/p/vision/jobs?phase=succeeded	{"name": "publish-report", "reason": "succeeded", "tenant": "aurora", "message": "All replicas ended with exit code 0.", "project": "vision"}	2	t	\N	\N	\N	2026-11-25 19:31:13.705738+00	2026-11-25 19:31:14.220553+00	01a21430-7629-7040-bc28-29e19da37a80
\.


--
-- Data for Name: quotas_cohort; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.quotas_cohort (id, name, description, reclaim_within_cohort, generation, created_at, cluster_id) FROM stdin;
01a21430-87a7-7489-acc6-5ebf6a947a20	commons	All who share this machine.	any	1	2026-11-25 19:30:54.503817+00	01a21430-8795-754b-9741-d41a8e0062ed
\.


--
-- Data for Name: quotas_ledgerentry; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.quotas_ledgerentry (id, tenant_id, project_id, user_id, cluster_id, workload_id, subject_kind, subject_id, subject_name, amounts, since, until) FROM stdin;
01a21430-cc2f-7584-b5ff-c60bcbb1a0f1	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-8795-754b-9741-d41a8e0062ed	01a21430-caf6-7737-b504-127a7f243342	job	01a21430-caf2-76f0-9fe5-e79b8bcbbf96	goes-on	{"cpu": {"cpu": 200, "memory": 134217728}}	2026-11-25 19:31:11.837549+00	\N
01a21430-c85a-72d2-afb2-57dd9e799479	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-8795-754b-9741-d41a8e0062ed	01a21430-c758-7173-b1c8-567d50260d42	job	01a21430-c745-77f4-8f70-75fa26d6a811	faulty-import	{"cpu": {"cpu": 100, "memory": 134217728}}	2026-11-25 19:31:11.000368+00	2026-11-25 19:31:13.636919+00
01a21430-ca7d-7587-88e7-97d5b0be5c28	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-8795-754b-9741-d41a8e0062ed	01a21430-c885-7047-8797-40bff1bb20c2	job	01a21430-c857-70a2-a3b1-29a3c5c8464e	publish-report	{"cpu": {"cpu": 100, "memory": 134217728}}	2026-11-25 19:31:11.406314+00	2026-11-25 19:31:13.714371+00
01a21430-c76d-702c-bcfb-ed7db4549dbb	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-8795-754b-9741-d41a8e0062ed	01a21430-c5ce-7244-bc4a-125765d51c40	job	01a21430-c5b5-707a-9c3b-5d2261b5485f	nightly-report	{"cpu": {"cpu": 100, "memory": 134217728}}	2026-11-25 19:31:10.649364+00	2026-11-25 19:31:14.225076+00
01a21430-cc12-71a5-a469-47d92e8aea32	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-8795-754b-9741-d41a8e0062ed	01a21430-c9e2-7556-ba89-576732d5c088	job	01a21430-c9dd-7312-a2d0-effd5d78a1d4	wrong-settings	{"cpu": {"cpu": 100, "memory": 134217728}}	2026-11-25 19:31:11.837549+00	2026-11-25 19:31:14.279891+00
\.


--
-- Data for Name: quotas_priorityclass; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.quotas_priorityclass (id, name, value, description, starts_within_seconds, restricted, generation) FROM stdin;
01a21430-35f6-7648-8f77-debaade7297b	high	1000	Starts within a minute inside the tenant's guarantee; evicts work of lower priority.	60	t	1
01a21430-35f7-7564-aa0b-859369cb8d75	low	0	Fills what is idle; makes room for work of higher priority.	\N	f	1
\.


--
-- Data for Name: quotas_quota; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.quotas_quota (id, version, created_at, generation, cluster_id, cohort_id, tenant_id) FROM stdin;
01a21430-881e-7381-b3d6-a56b7f67922c	11	2026-11-25 19:30:54.622572+00	1	01a21430-8795-754b-9741-d41a8e0062ed	01a21430-87a7-7489-acc6-5ebf6a947a20	01a21430-87de-72b4-9670-4ebd8eb830cb
01a21430-894c-73eb-b521-298cf817777d	5	2026-11-25 19:30:54.924482+00	1	01a21430-8795-754b-9741-d41a8e0062ed	01a21430-87a7-7489-acc6-5ebf6a947a20	01a21430-892a-7249-bfc4-7e35b3eaa4a2
\.


--
-- Data for Name: quotas_quotaline; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.quotas_quotaline (id, resource, nominal, borrowing_limit, lending_limit, flavor_id, quota_id) FROM stdin;
1	cpu	1200	\N	\N	01a21430-879e-7262-aa76-31fe8d46085c	01a21430-881e-7381-b3d6-a56b7f67922c
2	memory	12132024320	\N	\N	01a21430-879e-7262-aa76-31fe8d46085c	01a21430-881e-7381-b3d6-a56b7f67922c
3	gpu	4	\N	\N	01a21430-87b6-73bc-9405-37992c74368e	01a21430-881e-7381-b3d6-a56b7f67922c
4	gpu	9	\N	\N	01a21430-87be-7560-91d5-a9bb2ae8f1e4	01a21430-881e-7381-b3d6-a56b7f67922c
5	fpga	2	\N	\N	01a21430-87c6-7775-9e33-be2dbd3da9af	01a21430-881e-7381-b3d6-a56b7f67922c
6	rdma	4	\N	\N	01a21430-87ce-778c-b4ce-da096daf30c5	01a21430-881e-7381-b3d6-a56b7f67922c
7	cpu	800	\N	\N	01a21430-879e-7262-aa76-31fe8d46085c	01a21430-894c-73eb-b521-298cf817777d
8	memory	8087666688	\N	\N	01a21430-879e-7262-aa76-31fe8d46085c	01a21430-894c-73eb-b521-298cf817777d
9	gpu	3	\N	\N	01a21430-87b6-73bc-9405-37992c74368e	01a21430-894c-73eb-b521-298cf817777d
10	gpu	6	\N	\N	01a21430-87be-7560-91d5-a9bb2ae8f1e4	01a21430-894c-73eb-b521-298cf817777d
11	fpga	1	\N	\N	01a21430-87c6-7775-9e33-be2dbd3da9af	01a21430-894c-73eb-b521-298cf817777d
12	rdma	3	\N	\N	01a21430-87ce-778c-b4ce-da096daf30c5	01a21430-894c-73eb-b521-298cf817777d
\.


--
-- Data for Name: quotas_quotarequest; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.quotas_quotarequest (id, version, created_at, asks, resource, amount, reason, until, state, granted, decided_at, decision_reason, ended_at, returned, generation, decided_by_id, flavor_id, project_id, requested_by_id, tenant_id) FROM stdin;
01a21430-8966-7723-bf55-a7803c308eae	1	2026-11-25 19:30:54.950126+00	quota	cpu	1000	The benchmark for the spring fair.	2026-12-09 19:30:54.949689+00	requested	\N	\N		\N	\N	1	\N	01a21430-879e-7262-aa76-31fe8d46085c	\N	01a21430-7629-7040-bc28-29e19da37a80	01a21430-87de-72b4-9670-4ebd8eb830cb
01a21430-8975-75e0-93ea-2175839922f9	1	2026-11-25 19:30:54.965909+00	guarantee	cpu	200	Nightly training should not wait for Speech.	\N	requested	\N	\N		\N	\N	1	\N	01a21430-879e-7262-aa76-31fe8d46085c	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-7629-7040-bc28-29e19da37a80	01a21430-87de-72b4-9670-4ebd8eb830cb
\.


--
-- Data for Name: quotas_share; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.quotas_share (id, resource, guaranteed, cap, flavor_id, project_id, quota_id) FROM stdin;
1	cpu	600	\N	01a21430-879e-7262-aa76-31fe8d46085c	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-881e-7381-b3d6-a56b7f67922c
2	memory	6066012160	\N	01a21430-879e-7262-aa76-31fe8d46085c	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-881e-7381-b3d6-a56b7f67922c
3	gpu	2	\N	01a21430-87b6-73bc-9405-37992c74368e	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-881e-7381-b3d6-a56b7f67922c
4	gpu	4	\N	01a21430-87be-7560-91d5-a9bb2ae8f1e4	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-881e-7381-b3d6-a56b7f67922c
5	fpga	1	\N	01a21430-87c6-7775-9e33-be2dbd3da9af	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-881e-7381-b3d6-a56b7f67922c
6	rdma	2	\N	01a21430-87ce-778c-b4ce-da096daf30c5	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-881e-7381-b3d6-a56b7f67922c
\.


--
-- Data for Name: quotas_usercap; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.quotas_usercap (id, running_workloads, gpus, may_use_restricted_priorities, generation, tenant_id, user_id) FROM stdin;
01a21430-88cd-77ca-9787-c49cf0b707c7	20	\N	f	1	01a21430-87de-72b4-9670-4ebd8eb830cb	\N
01a21430-88ec-77d3-a71f-881add98a447	\N	\N	t	1	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-7629-7040-bc28-29e19da37a80
\.


--
-- Data for Name: quotas_workload; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.quotas_workload (id, subject_kind, subject_id, subject_name, priority_value, gang, asked, any_cluster, pod_sets, resolved, admitted_counts, placements, state, active, reason, message, waiting_for, evicting_since, reserved_since, queued_at, admitted_at, finished_at, cluster_id, priority_class_id, project_id, tenant_id, user_id, ended_counts, resize_pause_seconds, resized_at, shrinking_to, said) FROM stdin;
01a21430-caf6-7737-b504-127a7f243342	job	01a21430-caf2-76f0-9fe5-e79b8bcbbf96	goes-on	0	t	[{"name": "worker", "count": 2, "devices": [], "min_count": 2, "image_only": false, "memory_bytes": 67108864, "cpu_millicores": 100}]	t	[{"name": "worker", "count": 2, "requests": {"cpu": {"cpu": 100, "memory": 67108864}}, "min_count": 2}]	[]	{"worker": 2}	[{"node": "vm", "index": 0, "pod_set": "worker"}, {"node": "vm", "index": 1, "pod_set": "worker"}]	admitted	t			{}	\N	\N	2026-11-25 19:31:11.794465+00	2026-11-25 19:31:11.837549+00	\N	01a21430-8795-754b-9741-d41a8e0062ed	01a21430-35f7-7564-aa0b-859369cb8d75	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-7629-7040-bc28-29e19da37a80	{}	300	\N	\N	[]
01a21430-cc5d-7793-9e91-381e3a812311	job	01a21430-cc57-720b-af8e-c74bfbde4f3b	suspended	0	t	[{"name": "worker", "count": 1, "devices": [], "min_count": 1, "image_only": false, "memory_bytes": 134217728, "cpu_millicores": 100}]	t	[{"name": "worker", "count": 1, "requests": {"cpu": {"cpu": 100, "memory": 134217728}}, "min_count": 1}]	[]	{}	[]	pending	f	Suspended		{}	\N	\N	2026-11-25 19:31:12.152084+00	\N	\N	\N	01a21430-35f7-7564-aa0b-859369cb8d75	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-7629-7040-bc28-29e19da37a80	{}	300	\N	\N	[]
01a21430-c758-7173-b1c8-567d50260d42	job	01a21430-c745-77f4-8f70-75fa26d6a811	faulty-import	0	t	[{"name": "worker", "count": 1, "devices": [], "min_count": 1, "image_only": false, "memory_bytes": 134217728, "cpu_millicores": 100}]	t	[{"name": "worker", "count": 1, "requests": {"cpu": {"cpu": 100, "memory": 134217728}}, "min_count": 1}]	[]	{}	[]	finished	f	PendingEvaluation		{}	\N	\N	2026-11-25 19:31:10.910537+00	\N	2026-11-25 19:31:13.641441+00	\N	01a21430-35f7-7564-aa0b-859369cb8d75	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-7629-7040-bc28-29e19da37a80	{}	300	\N	\N	[]
01a21430-c885-7047-8797-40bff1bb20c2	job	01a21430-c857-70a2-a3b1-29a3c5c8464e	publish-report	0	t	[{"name": "worker", "count": 1, "devices": [], "min_count": 1, "image_only": false, "memory_bytes": 134217728, "cpu_millicores": 100}]	t	[{"name": "worker", "count": 1, "requests": {"cpu": {"cpu": 100, "memory": 134217728}}, "min_count": 1}]	[]	{}	[]	finished	f	PendingEvaluation		{}	\N	\N	2026-11-25 19:31:11.211282+00	\N	2026-11-25 19:31:13.725674+00	\N	01a21430-35f7-7564-aa0b-859369cb8d75	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-7629-7040-bc28-29e19da37a80	{}	300	\N	\N	[]
01a21430-c5ce-7244-bc4a-125765d51c40	job	01a21430-c5b5-707a-9c3b-5d2261b5485f	nightly-report	0	t	[{"name": "worker", "count": 1, "devices": [], "min_count": 1, "image_only": false, "memory_bytes": 134217728, "cpu_millicores": 100}]	t	[{"name": "worker", "count": 1, "requests": {"cpu": {"cpu": 100, "memory": 134217728}}, "min_count": 1}]	[]	{}	[]	finished	f	PendingEvaluation		{}	\N	\N	2026-11-25 19:31:10.510801+00	\N	2026-11-25 19:31:14.228632+00	\N	01a21430-35f7-7564-aa0b-859369cb8d75	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-7629-7040-bc28-29e19da37a80	{}	300	\N	\N	[]
01a21430-c9e2-7556-ba89-576732d5c088	job	01a21430-c9dd-7312-a2d0-effd5d78a1d4	wrong-settings	0	t	[{"name": "worker", "count": 1, "devices": [], "min_count": 1, "image_only": false, "memory_bytes": 134217728, "cpu_millicores": 100}]	t	[{"name": "worker", "count": 1, "requests": {"cpu": {"cpu": 100, "memory": 134217728}}, "min_count": 1}]	[]	{}	[]	finished	f	PendingEvaluation		{}	\N	\N	2026-11-25 19:31:11.57808+00	\N	2026-11-25 19:31:14.291557+00	\N	01a21430-35f7-7564-aa0b-859369cb8d75	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-7629-7040-bc28-29e19da37a80	{}	300	\N	\N	[]
01a21430-d634-75b5-b313-af244b0b7aac	job	01a21430-d62f-7030-8a0b-2a4d1e40f48d	queued	0	t	[{"name": "worker", "count": 1, "devices": [], "min_count": 1, "image_only": false, "memory_bytes": 134217728, "cpu_millicores": 100}]	t	[{"name": "worker", "count": 1, "requests": {"cpu": {"cpu": 100, "memory": 134217728}}, "min_count": 1}]	[]	{}	[]	pending	t	PendingEvaluation		{}	\N	\N	2026-11-25 19:31:14.635474+00	\N	\N	\N	01a21430-35f7-7564-aa0b-859369cb8d75	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-7629-7040-bc28-29e19da37a80	{}	300	\N	\N	[]
01a21430-d66e-776b-899f-2e829b4eef3f	job	01a21430-d66b-76e7-9b22-c96d3ac6ae15	withdrawn	0	t	[{"name": "worker", "count": 1, "devices": [], "min_count": 1, "image_only": false, "memory_bytes": 134217728, "cpu_millicores": 100}]	t	[{"name": "worker", "count": 1, "requests": {"cpu": {"cpu": 100, "memory": 134217728}}, "min_count": 1}]	[]	{}	[]	finished	f	PendingEvaluation		{}	\N	\N	2026-11-25 19:31:14.685049+00	\N	2026-11-25 19:31:14.724748+00	\N	01a21430-35f7-7564-aa0b-859369cb8d75	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-7629-7040-bc28-29e19da37a80	{}	300	\N	\N	[]
\.


--
-- Data for Name: secrets_secret; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.secrets_secret (id, version, created_at, name, kind, description, newest, keys, rotated_at, last_used_at, generation, created_by_id, project_id, tenant_id) FROM stdin;
01a21430-c3b2-7254-92a9-1087a4b3b677	1	2026-11-25 19:31:09.874962+00	tracker	opaque		1	["token"]	2026-11-25 19:31:09.875121+00	2026-11-25 19:31:11.649591+00	1	01a21430-7915-70f4-8f51-c00a9ba1af45	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-87de-72b4-9670-4ebd8eb830cb
\.


--
-- Data for Name: secrets_secretversion; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.secrets_secretversion (id, number, keys, size_bytes, data, created_at, destroyed_at, created_by_id, secret_id, tenant_id) FROM stdin;
01a21430-c3b4-766d-9d49-b770430da239	1	["token"]	16	gAAAAABrBzd9X7v4UupuF8mxD8Jd3FoUadozno0rKNJSXc6qnrwtC3eNC2h2ce4Bg4nzFoxsuXUs_CTztCAip7gDK7wRMlmNytKI51WyJsDKl6OWI6XbjU02jwnGe5QBjCsPt_MV9tZy	2026-11-25 19:31:09.877047+00	\N	01a21430-7915-70f4-8f51-c00a9ba1af45	01a21430-c3b2-7254-92a9-1087a4b3b677	01a21430-87de-72b4-9670-4ebd8eb830cb
\.


--
-- Data for Name: storage_storedobject; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.storage_storedobject (id, tenant_id, project_id, producer_kind, producer_id, purpose, name, path, size_bytes, sha256, media_type, created_at, given_up_at) FROM stdin;
01a21430-c441-7397-ba8b-39e9cc0fa79d	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	code	01a21430-c441-7397-ba8b-39e89fbb8c5d	code	publish.tar.gz	01a2143087de72b496704ebd8eb830cb/code/9d/01a21430c4417397ba8b39e9cc0fa79d	313	b38fced9d088a581db6eece37f67444da9a391b420399039ed73e46c8b54d64a	application/gzip	2026-11-25 19:31:10.048877+00	\N
01a21430-cf8d-725a-8643-172e28899e1a	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c745-77f4-8f70-75fa26d6a811	log-chunk	1-0-1.zst	01a2143087de72b496704ebd8eb830cb/log-chunk/1a/01a21430cf8d725a8643172e28899e1a	129	78350dfaf2d94983b79ea93ac06dc930109ce28883eb59114cafb8f9c8299da3	application/x-ndjson+zstd	2026-11-25 19:31:12.98291+00	\N
01a21430-d146-75ea-b953-b635ff5ebdc1	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c857-70a2-a3b1-29a3c5c8464e	log-chunk	1-0-1.zst	01a2143087de72b496704ebd8eb830cb/log-chunk/c1/01a21430d14675eab953b635ff5ebdc1	146	e7ab7f8cc400a550bb32c4816b264c304fa48c254c216ff8ef9940c2921e1ac1	application/x-ndjson+zstd	2026-11-25 19:31:13.351902+00	\N
01a21430-d41a-712e-bd78-fe4db9e3d731	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c5b5-707a-9c3b-5d2261b5485f	artifact	report.csv	01a2143087de72b496704ebd8eb830cb/artifact/31/01a21430d41a712ebd78fe4db9e3d731	10	6297894e842872ab03eee8f5de9603eff494dbd1aa72dc9bc18c6763e14261c4	text/csv	2026-11-25 19:31:14.076791+00	\N
01a21430-d420-728a-9405-c04e10ab0efd	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-87ef-733f-a900-3efebe5a9c98	job	01a21430-c5b5-707a-9c3b-5d2261b5485f	log-chunk	1-0-1.zst	01a2143087de72b496704ebd8eb830cb/log-chunk/fd/01a21430d420728a9405c04e10ab0efd	196	b10d852d022069a0f1ace21ad2fcb48d717b10dbc79056b74dde2f65975fbb14	application/x-ndjson+zstd	2026-11-25 19:31:14.081267+00	\N
\.


--
-- Data for Name: tenants_apitoken; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.tenants_apitoken (id, name, hint, digest, permissions, created_at, expires_at, last_used_at, revoked_at, user_id, project_id, tenant_id, replaced_at, end_told_at) FROM stdin;
01a21430-c52d-72f9-a6c9-bb50c4c3ffdd	kept	hns_umQG	55283bb6259d5a2e05c067884544eebf508f77879dd900cac6f53459c2925d0e	["jobs.cancel", "jobs.submit", "jobs.view", "tenants.view"]	2026-11-25 19:31:10.253707+00	2026-11-26 19:31:10.171741+00	\N	\N	01a21430-7629-7040-bc28-29e19da37a80	\N	\N	\N	\N
\.


--
-- Data for Name: tenants_invitation; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.tenants_invitation (id, version, created_at, email, role, issue, expires_at, accepted_at, revoked_at, generation, accepted_by_id, invited_by_id, project_id, tenant_id, token_id) FROM stdin;
01a21430-890c-722c-94bc-402ccedd2b4a	1	2026-11-25 19:30:54.860152+00	mara@aurora.example	developer	1	2026-12-02 19:30:54.860042+00	\N	\N	1	\N	01a21430-7915-70f4-8f51-c00a9ba1af45	\N	01a21430-87de-72b4-9670-4ebd8eb830cb	\N
\.


--
-- Data for Name: tenants_member; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.tenants_member (id, version, created_at, role, generation, group_id, user_id, project_id, tenant_id) FROM stdin;
01a21430-8483-71c1-a504-2865d32aed20	1	2026-11-25 19:30:53.699858+00	platform-admin	1	\N	01a21430-8186-7763-b015-7b5469cb82b7	\N	\N
01a21430-8783-7367-a84e-5e826f7cda12	1	2026-11-25 19:30:54.468019+00	auditor	1	\N	01a21430-84a3-7190-9ed4-74044612b888	\N	\N
01a21430-8801-760c-9e8f-e151ae3d5cd4	1	2026-11-25 19:30:54.593846+00	owner	1	\N	01a21430-7915-70f4-8f51-c00a9ba1af45	\N	01a21430-87de-72b4-9670-4ebd8eb830cb
01a21430-8842-70e4-81b0-3589bc49b7ba	1	2026-11-25 19:30:54.658807+00	developer	1	\N	01a21430-7629-7040-bc28-29e19da37a80	\N	01a21430-87de-72b4-9670-4ebd8eb830cb
01a21430-8864-766c-9baf-9abc77891f13	1	2026-11-25 19:30:54.692765+00	viewer	1	\N	01a21430-7bde-73e6-8472-545c739c07e8	\N	01a21430-87de-72b4-9670-4ebd8eb830cb
01a21430-891b-71ee-b0a1-4d54a26f3392	1	2026-11-25 19:30:54.875108+00	developer	1	\N	01a21430-8915-71b0-be73-57eec3956472	01a21430-87ef-733f-a900-3efebe5a9c98	01a21430-87de-72b4-9670-4ebd8eb830cb
01a21430-893d-75de-abe2-ee35071c0b5e	1	2026-11-25 19:30:54.909872+00	owner	1	\N	01a21430-7ea9-753d-b29a-83e95b8b4125	\N	01a21430-892a-7249-bfc4-7e35b3eaa4a2
01a21430-89a7-72b7-ab62-2f0c160b4d46	1	2026-11-25 19:30:55.015166+00	viewer	1	01a21430-8995-7147-a464-55a94610f666	\N	\N	01a21430-87de-72b4-9670-4ebd8eb830cb
01a21430-89ba-730a-9977-72d716db6977	1	2026-11-25 19:30:55.034544+00	viewer	1	01a21430-8995-7147-a464-55a94610f666	\N	\N	01a21430-892a-7249-bfc4-7e35b3eaa4a2
\.


--
-- Data for Name: tenants_project; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.tenants_project (id, version, created_at, slug, name, description, generation, tenant_id) FROM stdin;
01a21430-8871-702c-9843-eb506f84ca62	1	2026-11-25 19:30:54.705754+00	speech	Speech		1	01a21430-87de-72b4-9670-4ebd8eb830cb
01a21430-87ef-733f-a900-3efebe5a9c98	2	2026-11-25 19:30:54.57576+00	vision	Vision		2	01a21430-87de-72b4-9670-4ebd8eb830cb
01a21430-8932-776f-9dbe-80bd9f4cf5c4	1	2026-11-25 19:30:54.898104+00	risk	Risk models		1	01a21430-892a-7249-bfc4-7e35b3eaa4a2
\.


--
-- Data for Name: tenants_serviceaccount; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.tenants_serviceaccount (id, version, created_at, name, description, generation, tenant_id, user_id) FROM stdin;
01a21430-8916-73c3-841b-0c1e11e18b6d	1	2026-11-25 19:30:54.870863+00	nightly	Trains the newest data every night.	1	01a21430-87de-72b4-9670-4ebd8eb830cb	01a21430-8915-71b0-be73-57eec3956472
\.


--
-- Data for Name: tenants_tenant; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.tenants_tenant (id, version, created_at, slug, name, description, phase, phase_reason, generation, requires_second_factor) FROM stdin;
01a21430-87de-72b4-9670-4ebd8eb830cb	1	2026-11-25 19:30:54.558534+00	aurora	Aurora Robotics		active		1	f
01a21430-892a-7249-bfc4-7e35b3eaa4a2	1	2026-11-25 19:30:54.890155+00	borealis	Borealis Bank		active		1	f
\.


--
-- Name: account_emailaddress_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);


--
-- Name: account_emailconfirmation_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);


--
-- Name: accounts_group_users_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_group_users_id_seq', 1, true);


--
-- Name: accounts_user_groups_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_user_groups_id_seq', 1, false);


--
-- Name: accounts_user_user_permissions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.accounts_user_user_permissions_id_seq', 1, false);


--
-- Name: auth_group_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);


--
-- Name: auth_group_permissions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);


--
-- Name: auth_permission_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.auth_permission_id_seq', 229, true);


--
-- Name: core_idempotencyrecord_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.core_idempotencyrecord_id_seq', 15, true);


--
-- Name: core_outboxevent_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.core_outboxevent_id_seq', 86, true);


--
-- Name: core_outboxhint_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.core_outboxhint_id_seq', 23, true);


--
-- Name: core_outboxnotification_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.core_outboxnotification_id_seq', 10, true);


--
-- Name: django_content_type_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.django_content_type_id_seq', 58, true);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.django_migrations_id_seq', 71, true);


--
-- Name: guardian_groupobjectpermission_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.guardian_groupobjectpermission_id_seq', 1, false);


--
-- Name: guardian_userobjectpermission_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.guardian_userobjectpermission_id_seq', 1, false);


--
-- Name: jobs_jobshare_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.jobs_jobshare_id_seq', 1, true);


--
-- Name: mfa_authenticator_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false);


--
-- Name: monitoring_metricpoint_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.monitoring_metricpoint_id_seq', 17, true);


--
-- Name: quotas_quotaline_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.quotas_quotaline_id_seq', 12, true);


--
-- Name: quotas_share_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.quotas_share_id_seq', 6, true);


--
-- Name: account_emailaddress account_emailaddress_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);


--
-- Name: account_emailaddress account_emailaddress_user_id_email_987c8728_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);


--
-- Name: account_emailconfirmation account_emailconfirmation_key_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);


--
-- Name: account_emailconfirmation account_emailconfirmation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);


--
-- Name: accounts_group accounts_group_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_group
    ADD CONSTRAINT accounts_group_name_key UNIQUE (name);


--
-- Name: accounts_group accounts_group_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_group
    ADD CONSTRAINT accounts_group_pkey PRIMARY KEY (id);


--
-- Name: accounts_group_users accounts_group_users_group_id_user_id_71ca41cc_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_group_users
    ADD CONSTRAINT accounts_group_users_group_id_user_id_71ca41cc_uniq UNIQUE (group_id, user_id);


--
-- Name: accounts_group_users accounts_group_users_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_group_users
    ADD CONSTRAINT accounts_group_users_pkey PRIMARY KEY (id);


--
-- Name: accounts_opensession accounts_opensession_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_opensession
    ADD CONSTRAINT accounts_opensession_pkey PRIMARY KEY (id);


--
-- Name: accounts_opensession accounts_opensession_session_key_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_opensession
    ADD CONSTRAINT accounts_opensession_session_key_key UNIQUE (session_key);


--
-- Name: accounts_provider accounts_provider_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_provider
    ADD CONSTRAINT accounts_provider_pkey PRIMARY KEY (id);


--
-- Name: accounts_provider accounts_provider_slug_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_provider
    ADD CONSTRAINT accounts_provider_slug_key UNIQUE (slug);


--
-- Name: accounts_provideraccount accounts_provideraccount_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_provideraccount
    ADD CONSTRAINT accounts_provideraccount_pkey PRIMARY KEY (id);


--
-- Name: accounts_user accounts_user_email_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_email_key UNIQUE (email);


--
-- Name: accounts_user_groups accounts_user_groups_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_pkey PRIMARY KEY (id);


--
-- Name: accounts_user_groups accounts_user_groups_user_id_group_id_59c0b32f_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_user_id_group_id_59c0b32f_uniq UNIQUE (user_id, group_id);


--
-- Name: accounts_user accounts_user_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_pkey PRIMARY KEY (id);


--
-- Name: accounts_user_user_permissions accounts_user_user_permi_user_id_permission_id_2ab516c2_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_permi_user_id_permission_id_2ab516c2_uniq UNIQUE (user_id, permission_id);


--
-- Name: accounts_user_user_permissions accounts_user_user_permissions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_permissions_pkey PRIMARY KEY (id);


--
-- Name: audit_auditchain audit_auditchain_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_auditchain
    ADD CONSTRAINT audit_auditchain_pkey PRIMARY KEY (tenant_id);


--
-- Name: audit_auditentry audit_auditentry_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_auditentry
    ADD CONSTRAINT audit_auditentry_pkey PRIMARY KEY (id);


--
-- Name: audit_auditentry audit_sequence_without_gaps; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_auditentry
    ADD CONSTRAINT audit_sequence_without_gaps UNIQUE (tenant_id, sequence);


--
-- Name: auth_group auth_group_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);


--
-- Name: auth_group_permissions auth_group_permissions_group_id_permission_id_0cd325b0_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);


--
-- Name: auth_group_permissions auth_group_permissions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);


--
-- Name: auth_group auth_group_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);


--
-- Name: auth_permission auth_permission_content_type_id_codename_01ab375a_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);


--
-- Name: auth_permission auth_permission_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);


--
-- Name: clusters_cluster clusters_cluster_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clusters_cluster
    ADD CONSTRAINT clusters_cluster_pkey PRIMARY KEY (id);


--
-- Name: clusters_cluster clusters_cluster_slug_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clusters_cluster
    ADD CONSTRAINT clusters_cluster_slug_key UNIQUE (slug);


--
-- Name: clusters_flavor clusters_flavor_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clusters_flavor
    ADD CONSTRAINT clusters_flavor_pkey PRIMARY KEY (id);


--
-- Name: clusters_node clusters_node_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clusters_node
    ADD CONSTRAINT clusters_node_pkey PRIMARY KEY (id);


--
-- Name: code_code code_code_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.code_code
    ADD CONSTRAINT code_code_pkey PRIMARY KEY (id);


--
-- Name: core_idempotencyrecord core_idempotencyrecord_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.core_idempotencyrecord
    ADD CONSTRAINT core_idempotencyrecord_pkey PRIMARY KEY (id);


--
-- Name: core_outboxevent core_outboxevent_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.core_outboxevent
    ADD CONSTRAINT core_outboxevent_pkey PRIMARY KEY (id);


--
-- Name: core_outboxhint core_outboxhint_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.core_outboxhint
    ADD CONSTRAINT core_outboxhint_pkey PRIMARY KEY (id);


--
-- Name: core_outboxmail core_outboxmail_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.core_outboxmail
    ADD CONSTRAINT core_outboxmail_pkey PRIMARY KEY (id);


--
-- Name: core_outboxnotification core_outboxnotification_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.core_outboxnotification
    ADD CONSTRAINT core_outboxnotification_pkey PRIMARY KEY (id);


--
-- Name: django_content_type django_content_type_app_label_model_76bd3d3b_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);


--
-- Name: django_content_type django_content_type_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: django_session django_session_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


--
-- Name: guardian_groupobjectpermission guardian_groupobjectperm_group_id_permission_id_o_3f189f7c_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobjectperm_group_id_permission_id_o_3f189f7c_uniq UNIQUE (group_id, permission_id, object_pk);


--
-- Name: guardian_groupobjectpermission guardian_groupobjectpermission_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobjectpermission_pkey PRIMARY KEY (id);


--
-- Name: guardian_userobjectpermission guardian_userobjectpermi_user_id_permission_id_ob_b0b3d2fc_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectpermi_user_id_permission_id_ob_b0b3d2fc_uniq UNIQUE (user_id, permission_id, object_pk);


--
-- Name: guardian_userobjectpermission guardian_userobjectpermission_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectpermission_pkey PRIMARY KEY (id);


--
-- Name: jobs_artifact jobs_artifact_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_artifact
    ADD CONSTRAINT jobs_artifact_pkey PRIMARY KEY (id);


--
-- Name: jobs_job jobs_job_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_job
    ADD CONSTRAINT jobs_job_pkey PRIMARY KEY (id);


--
-- Name: jobs_jobcode jobs_jobcode_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobcode
    ADD CONSTRAINT jobs_jobcode_pkey PRIMARY KEY (job_id);


--
-- Name: jobs_jobsecret jobs_jobsecret_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobsecret
    ADD CONSTRAINT jobs_jobsecret_pkey PRIMARY KEY (id);


--
-- Name: jobs_jobshare jobs_jobshare_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobshare
    ADD CONSTRAINT jobs_jobshare_pkey PRIMARY KEY (id);


--
-- Name: jobs_jobshare jobs_jobshare_user_id_permission_id_co_56f1194d_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobshare
    ADD CONSTRAINT jobs_jobshare_user_id_permission_id_co_56f1194d_uniq UNIQUE (user_id, permission_id, content_object_id);


--
-- Name: jobs_replica jobs_replica_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_replica
    ADD CONSTRAINT jobs_replica_pkey PRIMARY KEY (id);


--
-- Name: jobs_schedule jobs_schedule_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_schedule
    ADD CONSTRAINT jobs_schedule_pkey PRIMARY KEY (id);


--
-- Name: jobs_schedulerun jobs_schedulerun_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_schedulerun
    ADD CONSTRAINT jobs_schedulerun_pkey PRIMARY KEY (id);


--
-- Name: jobs_template jobs_template_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_template
    ADD CONSTRAINT jobs_template_pkey PRIMARY KEY (id);


--
-- Name: jobs_timelineentry jobs_timelineentry_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_timelineentry
    ADD CONSTRAINT jobs_timelineentry_pkey PRIMARY KEY (id);


--
-- Name: mfa_authenticator mfa_authenticator_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);


--
-- Name: monitoring_inbox monitoring_inbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.monitoring_inbox
    ADD CONSTRAINT monitoring_inbox_pkey PRIMARY KEY (id);


--
-- Name: monitoring_inbox monitoring_inbox_user_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.monitoring_inbox
    ADD CONSTRAINT monitoring_inbox_user_id_key UNIQUE (user_id);


--
-- Name: monitoring_logchunk monitoring_logchunk_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.monitoring_logchunk
    ADD CONSTRAINT monitoring_logchunk_pkey PRIMARY KEY (id);


--
-- Name: monitoring_metricpoint monitoring_metricpoint_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.monitoring_metricpoint
    ADD CONSTRAINT monitoring_metricpoint_pkey PRIMARY KEY (id);


--
-- Name: monitoring_mute monitoring_mute_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.monitoring_mute
    ADD CONSTRAINT monitoring_mute_pkey PRIMARY KEY (id);


--
-- Name: monitoring_notification monitoring_notification_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.monitoring_notification
    ADD CONSTRAINT monitoring_notification_pkey PRIMARY KEY (id);


--
-- Name: accounts_provideraccount one_account_a_subject; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_provideraccount
    ADD CONSTRAINT one_account_a_subject UNIQUE (provider_id, subject);


--
-- Name: core_idempotencyrecord one_answer_a_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.core_idempotencyrecord
    ADD CONSTRAINT one_answer_a_key UNIQUE (actor, route, key);


--
-- Name: jobs_artifact one_artifact_a_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_artifact
    ADD CONSTRAINT one_artifact_a_name UNIQUE (job_id, attempt, rank, name);


--
-- Name: quotas_usercap one_cap_a_user; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_usercap
    ADD CONSTRAINT one_cap_a_user UNIQUE NULLS NOT DISTINCT (tenant_id, user_id);


--
-- Name: monitoring_logchunk one_chunk_a_line; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.monitoring_logchunk
    ADD CONSTRAINT one_chunk_a_line UNIQUE (subject_id, attempt, rank, first_number);


--
-- Name: quotas_cohort one_cohort_a_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_cohort
    ADD CONSTRAINT one_cohort_a_name UNIQUE (cluster_id, name);


--
-- Name: clusters_flavor one_flavor_a_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clusters_flavor
    ADD CONSTRAINT one_flavor_a_name UNIQUE (cluster_id, name);


--
-- Name: quotas_quotaline one_line_a_resource; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quotaline
    ADD CONSTRAINT one_line_a_resource UNIQUE (quota_id, flavor_id, resource);


--
-- Name: monitoring_mute one_mute_an_object; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.monitoring_mute
    ADD CONSTRAINT one_mute_an_object UNIQUE (user_id, object_id);


--
-- Name: clusters_node one_node_a_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clusters_node
    ADD CONSTRAINT one_node_a_name UNIQUE (cluster_id, name);


--
-- Name: monitoring_metricpoint one_point_a_moment; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.monitoring_metricpoint
    ADD CONSTRAINT one_point_a_moment UNIQUE NULLS NOT DISTINCT (subject_kind, subject_id, attempt, rank, name, at);


--
-- Name: tenants_project one_project_a_slug; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_project
    ADD CONSTRAINT one_project_a_slug UNIQUE (tenant_id, slug);


--
-- Name: quotas_quota one_quota_a_cluster; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quota
    ADD CONSTRAINT one_quota_a_cluster UNIQUE (tenant_id, cluster_id);


--
-- Name: jobs_replica one_replica_a_rank; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_replica
    ADD CONSTRAINT one_replica_a_rank UNIQUE (job_id, attempt, rank);


--
-- Name: tenants_member one_row_a_role; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_member
    ADD CONSTRAINT one_row_a_role UNIQUE NULLS NOT DISTINCT (tenant_id, project_id, user_id, group_id, role);


--
-- Name: jobs_jobsecret one_row_a_secret; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobsecret
    ADD CONSTRAINT one_row_a_secret UNIQUE (job_id, name);


--
-- Name: jobs_schedulerun one_run_a_due_time; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_schedulerun
    ADD CONSTRAINT one_run_a_due_time UNIQUE (schedule_id, due_at);


--
-- Name: jobs_schedule one_schedule_a_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_schedule
    ADD CONSTRAINT one_schedule_a_name UNIQUE (project_id, name);


--
-- Name: secrets_secret one_secret_a_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.secrets_secret
    ADD CONSTRAINT one_secret_a_name UNIQUE (project_id, name);


--
-- Name: tenants_serviceaccount one_service_account_a_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_serviceaccount
    ADD CONSTRAINT one_service_account_a_name UNIQUE (tenant_id, name);


--
-- Name: quotas_share one_share_a_resource; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_share
    ADD CONSTRAINT one_share_a_resource UNIQUE (project_id, flavor_id, resource);


--
-- Name: jobs_jobshare one_share_an_address; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobshare
    ADD CONSTRAINT one_share_an_address UNIQUE (content_object_id, email);


--
-- Name: accounts_provideraccount one_subject_an_account; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_provideraccount
    ADD CONSTRAINT one_subject_an_account UNIQUE (provider_id, user_id);


--
-- Name: jobs_template one_template_a_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_template
    ADD CONSTRAINT one_template_a_name UNIQUE NULLS NOT DISTINCT (tenant_id, name);


--
-- Name: secrets_secretversion one_version_a_number; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.secrets_secretversion
    ADD CONSTRAINT one_version_a_number UNIQUE (secret_id, number);


--
-- Name: quotas_workload one_workload_a_subject; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_workload
    ADD CONSTRAINT one_workload_a_subject UNIQUE (subject_kind, subject_id);


--
-- Name: quotas_cohort quotas_cohort_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_cohort
    ADD CONSTRAINT quotas_cohort_pkey PRIMARY KEY (id);


--
-- Name: quotas_ledgerentry quotas_ledgerentry_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_ledgerentry
    ADD CONSTRAINT quotas_ledgerentry_pkey PRIMARY KEY (id);


--
-- Name: quotas_priorityclass quotas_priorityclass_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_priorityclass
    ADD CONSTRAINT quotas_priorityclass_name_key UNIQUE (name);


--
-- Name: quotas_priorityclass quotas_priorityclass_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_priorityclass
    ADD CONSTRAINT quotas_priorityclass_pkey PRIMARY KEY (id);


--
-- Name: quotas_quota quotas_quota_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quota
    ADD CONSTRAINT quotas_quota_pkey PRIMARY KEY (id);


--
-- Name: quotas_quotaline quotas_quotaline_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quotaline
    ADD CONSTRAINT quotas_quotaline_pkey PRIMARY KEY (id);


--
-- Name: quotas_quotarequest quotas_quotarequest_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quotarequest
    ADD CONSTRAINT quotas_quotarequest_pkey PRIMARY KEY (id);


--
-- Name: quotas_share quotas_share_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_share
    ADD CONSTRAINT quotas_share_pkey PRIMARY KEY (id);


--
-- Name: quotas_usercap quotas_usercap_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_usercap
    ADD CONSTRAINT quotas_usercap_pkey PRIMARY KEY (id);


--
-- Name: quotas_workload quotas_workload_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_workload
    ADD CONSTRAINT quotas_workload_pkey PRIMARY KEY (id);


--
-- Name: secrets_secret secrets_secret_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.secrets_secret
    ADD CONSTRAINT secrets_secret_pkey PRIMARY KEY (id);


--
-- Name: secrets_secretversion secrets_secretversion_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.secrets_secretversion
    ADD CONSTRAINT secrets_secretversion_pkey PRIMARY KEY (id);


--
-- Name: storage_storedobject storage_storedobject_path_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.storage_storedobject
    ADD CONSTRAINT storage_storedobject_path_key UNIQUE (path);


--
-- Name: storage_storedobject storage_storedobject_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.storage_storedobject
    ADD CONSTRAINT storage_storedobject_pkey PRIMARY KEY (id);


--
-- Name: tenants_apitoken tenants_apitoken_digest_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_apitoken
    ADD CONSTRAINT tenants_apitoken_digest_key UNIQUE (digest);


--
-- Name: tenants_apitoken tenants_apitoken_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_apitoken
    ADD CONSTRAINT tenants_apitoken_pkey PRIMARY KEY (id);


--
-- Name: tenants_invitation tenants_invitation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_invitation
    ADD CONSTRAINT tenants_invitation_pkey PRIMARY KEY (id);


--
-- Name: tenants_member tenants_member_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_member
    ADD CONSTRAINT tenants_member_pkey PRIMARY KEY (id);


--
-- Name: tenants_project tenants_project_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_project
    ADD CONSTRAINT tenants_project_pkey PRIMARY KEY (id);


--
-- Name: tenants_serviceaccount tenants_serviceaccount_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_serviceaccount
    ADD CONSTRAINT tenants_serviceaccount_pkey PRIMARY KEY (id);


--
-- Name: tenants_serviceaccount tenants_serviceaccount_user_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_serviceaccount
    ADD CONSTRAINT tenants_serviceaccount_user_id_key UNIQUE (user_id);


--
-- Name: tenants_tenant tenants_tenant_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_tenant
    ADD CONSTRAINT tenants_tenant_pkey PRIMARY KEY (id);


--
-- Name: tenants_tenant tenants_tenant_slug_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_tenant
    ADD CONSTRAINT tenants_tenant_slug_key UNIQUE (slug);


--
-- Name: account_emailaddress_email_03be32b2; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);


--
-- Name: account_emailaddress_email_03be32b2_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);


--
-- Name: account_emailaddress_user_id_2c513194; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);


--
-- Name: account_emailconfirmation_email_address_id_5b7f8c58; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);


--
-- Name: account_emailconfirmation_key_f43612bd_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);


--
-- Name: accounts_group_name_5311469e_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_group_name_5311469e_like ON public.accounts_group USING btree (name varchar_pattern_ops);


--
-- Name: accounts_group_users_group_id_444d8eb2; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_group_users_group_id_444d8eb2 ON public.accounts_group_users USING btree (group_id);


--
-- Name: accounts_group_users_user_id_14f56961; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_group_users_user_id_14f56961 ON public.accounts_group_users USING btree (user_id);


--
-- Name: accounts_opensession_session_key_85fde898_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_opensession_session_key_85fde898_like ON public.accounts_opensession USING btree (session_key varchar_pattern_ops);


--
-- Name: accounts_opensession_user_id_e6142668; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_opensession_user_id_e6142668 ON public.accounts_opensession USING btree (user_id);


--
-- Name: accounts_provider_slug_ed324679_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_provider_slug_ed324679_like ON public.accounts_provider USING btree (slug varchar_pattern_ops);


--
-- Name: accounts_provideraccount_provider_id_770519ab; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_provideraccount_provider_id_770519ab ON public.accounts_provideraccount USING btree (provider_id);


--
-- Name: accounts_provideraccount_user_id_1729b5f7; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_provideraccount_user_id_1729b5f7 ON public.accounts_provideraccount USING btree (user_id);


--
-- Name: accounts_user_email_b2644a56_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_user_email_b2644a56_like ON public.accounts_user USING btree (email varchar_pattern_ops);


--
-- Name: accounts_user_groups_group_id_bd11a704; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_user_groups_group_id_bd11a704 ON public.accounts_user_groups USING btree (group_id);


--
-- Name: accounts_user_groups_user_id_52b62117; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_user_groups_user_id_52b62117 ON public.accounts_user_groups USING btree (user_id);


--
-- Name: accounts_user_user_permissions_permission_id_113bb443; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_user_user_permissions_permission_id_113bb443 ON public.accounts_user_user_permissions USING btree (permission_id);


--
-- Name: accounts_user_user_permissions_user_id_e4f0a161; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_user_user_permissions_user_id_e4f0a161 ON public.accounts_user_user_permissions USING btree (user_id);


--
-- Name: auth_group_name_a6ea08ec_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);


--
-- Name: auth_group_permissions_group_id_b120cbf9; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);


--
-- Name: auth_group_permissions_permission_id_84c5c92e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);


--
-- Name: auth_permission_content_type_id_2f476e4b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);


--
-- Name: clusters_cluster_slug_308d780e_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clusters_cluster_slug_308d780e_like ON public.clusters_cluster USING btree (slug varchar_pattern_ops);


--
-- Name: clusters_flavor_cluster_id_b290c079; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clusters_flavor_cluster_id_b290c079 ON public.clusters_flavor USING btree (cluster_id);


--
-- Name: clusters_node_cluster_id_da46f92d; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clusters_node_cluster_id_da46f92d ON public.clusters_node USING btree (cluster_id);


--
-- Name: code_by_use; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX code_by_use ON public.code_code USING btree (used_at);


--
-- Name: code_code_created_by_id_2869281d; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX code_code_created_by_id_2869281d ON public.code_code USING btree (created_by_id);


--
-- Name: code_code_stored_id_96688f7d; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX code_code_stored_id_96688f7d ON public.code_code USING btree (stored_id);


--
-- Name: code_code_tenant_id_d869bb07; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX code_code_tenant_id_d869bb07 ON public.code_code USING btree (tenant_id);


--
-- Name: code_of_project; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX code_of_project ON public.code_code USING btree (project_id, id DESC);


--
-- Name: core_idempotencyrecord_created_at_d1986507; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX core_idempotencyrecord_created_at_d1986507 ON public.core_idempotencyrecord USING btree (created_at);


--
-- Name: django_session_expire_date_a5c62663; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);


--
-- Name: django_session_session_key_c0390e0f_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);


--
-- Name: guardian_gr_group_i_9e7d12_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX guardian_gr_group_i_9e7d12_idx ON public.guardian_groupobjectpermission USING btree (group_id, content_type_id, object_pk);


--
-- Name: guardian_gr_permiss_83545c_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX guardian_gr_permiss_83545c_idx ON public.guardian_groupobjectpermission USING btree (permission_id, group_id, content_type_id, object_pk);


--
-- Name: guardian_groupobjectpermission_content_type_id_7ade36b8; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX guardian_groupobjectpermission_content_type_id_7ade36b8 ON public.guardian_groupobjectpermission USING btree (content_type_id);


--
-- Name: guardian_groupobjectpermission_group_id_4bbbfb62; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX guardian_groupobjectpermission_group_id_4bbbfb62 ON public.guardian_groupobjectpermission USING btree (group_id);


--
-- Name: guardian_groupobjectpermission_permission_id_36572738; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX guardian_groupobjectpermission_permission_id_36572738 ON public.guardian_groupobjectpermission USING btree (permission_id);


--
-- Name: guardian_us_permiss_e5749c_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX guardian_us_permiss_e5749c_idx ON public.guardian_userobjectpermission USING btree (permission_id, user_id, content_type_id, object_pk);


--
-- Name: guardian_us_user_id_8eae14_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX guardian_us_user_id_8eae14_idx ON public.guardian_userobjectpermission USING btree (user_id, content_type_id, object_pk);


--
-- Name: guardian_userobjectpermission_content_type_id_2e892405; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX guardian_userobjectpermission_content_type_id_2e892405 ON public.guardian_userobjectpermission USING btree (content_type_id);


--
-- Name: guardian_userobjectpermission_permission_id_71807bfc; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX guardian_userobjectpermission_permission_id_71807bfc ON public.guardian_userobjectpermission USING btree (permission_id);


--
-- Name: guardian_userobjectpermission_user_id_d5c1e964; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX guardian_userobjectpermission_user_id_d5c1e964 ON public.guardian_userobjectpermission USING btree (user_id);


--
-- Name: job_by_framework; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_by_framework ON public.jobs_job USING btree (project_id, framework, id DESC);


--
-- Name: job_by_label; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_by_label ON public.jobs_job USING gin (labels jsonb_path_ops);


--
-- Name: job_by_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_by_name ON public.jobs_job USING btree (project_id, name, id);


--
-- Name: job_by_name_prefix; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_by_name_prefix ON public.jobs_job USING btree (project_id, name varchar_pattern_ops);


--
-- Name: job_by_phase; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_by_phase ON public.jobs_job USING btree (project_id, phase, id DESC);


--
-- Name: job_by_priority; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_by_priority ON public.jobs_job USING btree (project_id, priority, id DESC);


--
-- Name: job_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_by_user ON public.jobs_job USING btree (project_id, submitted_by_id, id DESC);


--
-- Name: job_changed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_changed ON public.jobs_job USING btree (id) WHERE (observed_generation < generation);


--
-- Name: job_code_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_code_due ON public.jobs_jobcode USING btree (next_try_at) WHERE (next_try_at IS NOT NULL);


--
-- Name: job_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_due ON public.jobs_job USING btree (next_reconcile_at) WHERE (next_reconcile_at IS NOT NULL);


--
-- Name: job_in_bin; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_in_bin ON public.jobs_job USING btree (project_id, id DESC) WHERE (deleted_at IS NOT NULL);


--
-- Name: job_of_project; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_of_project ON public.jobs_job USING btree (project_id, id DESC);


--
-- Name: job_of_schedule; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_of_schedule ON public.jobs_job USING btree (schedule_id, id DESC) WHERE (schedule_id IS NOT NULL);


--
-- Name: job_of_tenant; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_of_tenant ON public.jobs_job USING btree (tenant_id, id DESC);


--
-- Name: job_of_tenant_by_phase; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_of_tenant_by_phase ON public.jobs_job USING btree (tenant_id, phase, id DESC);


--
-- Name: job_of_tenant_by_prefix; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_of_tenant_by_prefix ON public.jobs_job USING btree (tenant_id, name varchar_pattern_ops);


--
-- Name: job_of_tenant_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_of_tenant_by_user ON public.jobs_job USING btree (tenant_id, submitted_by_id, id DESC);


--
-- Name: job_secret_by_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_secret_by_name ON public.jobs_jobsecret USING btree (project_id, name, job_id DESC);


--
-- Name: job_to_purge; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_to_purge ON public.jobs_job USING btree (purge_at) WHERE (purge_at IS NOT NULL);


--
-- Name: jobs_artifact_stored_id_16790659; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_artifact_stored_id_16790659 ON public.jobs_artifact USING btree (stored_id);


--
-- Name: jobs_job_cluster_id_e533c240; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_job_cluster_id_e533c240 ON public.jobs_job USING btree (cluster_id);


--
-- Name: jobs_job_submitted_by_id_4bb0016c; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_job_submitted_by_id_4bb0016c ON public.jobs_job USING btree (submitted_by_id);


--
-- Name: jobs_jobcode_code_id_00b2b357; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_jobcode_code_id_00b2b357 ON public.jobs_jobcode USING btree (code_id);


--
-- Name: jobs_jobshare_content_object_id_6b9aeb40; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_jobshare_content_object_id_6b9aeb40 ON public.jobs_jobshare USING btree (content_object_id);


--
-- Name: jobs_jobshare_permission_id_35d72fb6; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_jobshare_permission_id_35d72fb6 ON public.jobs_jobshare USING btree (permission_id);


--
-- Name: jobs_jobshare_user_id_f6a1dc8e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_jobshare_user_id_f6a1dc8e ON public.jobs_jobshare USING btree (user_id);


--
-- Name: jobs_schedule_owner_id_d271a1a0; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_schedule_owner_id_d271a1a0 ON public.jobs_schedule USING btree (owner_id);


--
-- Name: jobs_schedule_template_id_d3169dd8; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_schedule_template_id_d3169dd8 ON public.jobs_schedule USING btree (template_id);


--
-- Name: jobs_template_created_by_id_cb8d8f64; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_template_created_by_id_cb8d8f64 ON public.jobs_template USING btree (created_by_id);


--
-- Name: jobs_template_tenant_id_2d606d8e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_template_tenant_id_2d606d8e ON public.jobs_template USING btree (tenant_id);


--
-- Name: mail_by_phase; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mail_by_phase ON public.core_outboxmail USING btree (phase, id DESC);


--
-- Name: mail_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mail_due ON public.core_outboxmail USING btree (due_at) WHERE ((phase)::text = 'waiting'::text);


--
-- Name: mail_finished; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mail_finished ON public.core_outboxmail USING btree (finished_at) WHERE (finished_at IS NOT NULL);


--
-- Name: mail_of_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mail_of_user ON public.core_outboxmail USING btree (user_id, id);


--
-- Name: mfa_authenticator_user_id_0c3a50c0; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);


--
-- Name: notification_for_digest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notification_for_digest ON public.monitoring_notification USING btree (digest_at) WHERE (digest_at IS NOT NULL);


--
-- Name: notification_of_object; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notification_of_object ON public.monitoring_notification USING btree (object_id);


--
-- Name: notification_of_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notification_of_user ON public.monitoring_notification USING btree (user_id, id DESC);


--
-- Name: notification_unread; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notification_unread ON public.monitoring_notification USING btree (user_id) WHERE (bell AND (read_at IS NULL));


--
-- Name: object_given_up; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX object_given_up ON public.storage_storedobject USING btree (given_up_at) WHERE (given_up_at IS NOT NULL);


--
-- Name: object_of_place; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX object_of_place ON public.storage_storedobject USING btree (tenant_id, project_id);


--
-- Name: object_of_producer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX object_of_producer ON public.storage_storedobject USING btree (producer_kind, producer_id, purpose, id);


--
-- Name: one_live_token_a_name; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_live_token_a_name ON public.tenants_apitoken USING btree (user_id, name) WHERE ((replaced_at IS NULL) AND (revoked_at IS NULL));


--
-- Name: one_open_invitation_a_role; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_open_invitation_a_role ON public.tenants_invitation USING btree (tenant_id, project_id, email, role) NULLS NOT DISTINCT WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));


--
-- Name: one_open_ledger_entry; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_open_ledger_entry ON public.quotas_ledgerentry USING btree (workload_id) WHERE (until IS NULL);


--
-- Name: one_tree_a_commit; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_tree_a_commit ON public.code_code USING btree (project_id, url, commit, path) WHERE ((origin)::text = 'git'::text);


--
-- Name: one_upload_a_content; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_upload_a_content ON public.code_code USING btree (project_id, sha256) WHERE ((origin)::text = 'upload'::text);


--
-- Name: one_user_an_address; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_user_an_address ON public.accounts_user USING btree (lower((email)::text));


--
-- Name: quota_request_of_tenant; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quota_request_of_tenant ON public.quotas_quotarequest USING btree (tenant_id, state, id);


--
-- Name: quota_request_to_end; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quota_request_to_end ON public.quotas_quotarequest USING btree (until) WHERE ((state)::text = 'approved'::text);


--
-- Name: quotas_cohort_cluster_id_13adfa07; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_cohort_cluster_id_13adfa07 ON public.quotas_cohort USING btree (cluster_id);


--
-- Name: quotas_ledg_tenant__0b7fc5_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_ledg_tenant__0b7fc5_idx ON public.quotas_ledgerentry USING btree (tenant_id, since);


--
-- Name: quotas_priorityclass_name_0688c462_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_priorityclass_name_0688c462_like ON public.quotas_priorityclass USING btree (name varchar_pattern_ops);


--
-- Name: quotas_quota_cluster_id_326df89a; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_quota_cluster_id_326df89a ON public.quotas_quota USING btree (cluster_id);


--
-- Name: quotas_quota_cohort_id_9201ec39; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_quota_cohort_id_9201ec39 ON public.quotas_quota USING btree (cohort_id);


--
-- Name: quotas_quota_tenant_id_4526749a; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_quota_tenant_id_4526749a ON public.quotas_quota USING btree (tenant_id);


--
-- Name: quotas_quotaline_flavor_id_78bd354d; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_quotaline_flavor_id_78bd354d ON public.quotas_quotaline USING btree (flavor_id);


--
-- Name: quotas_quotaline_quota_id_723435ea; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_quotaline_quota_id_723435ea ON public.quotas_quotaline USING btree (quota_id);


--
-- Name: quotas_quotarequest_decided_by_id_6ddf7af2; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_quotarequest_decided_by_id_6ddf7af2 ON public.quotas_quotarequest USING btree (decided_by_id);


--
-- Name: quotas_quotarequest_flavor_id_a89b72cc; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_quotarequest_flavor_id_a89b72cc ON public.quotas_quotarequest USING btree (flavor_id);


--
-- Name: quotas_quotarequest_project_id_0c501ce0; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_quotarequest_project_id_0c501ce0 ON public.quotas_quotarequest USING btree (project_id);


--
-- Name: quotas_quotarequest_requested_by_id_48fc6816; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_quotarequest_requested_by_id_48fc6816 ON public.quotas_quotarequest USING btree (requested_by_id);


--
-- Name: quotas_quotarequest_tenant_id_4717d9cf; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_quotarequest_tenant_id_4717d9cf ON public.quotas_quotarequest USING btree (tenant_id);


--
-- Name: quotas_share_flavor_id_ed39a248; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_share_flavor_id_ed39a248 ON public.quotas_share USING btree (flavor_id);


--
-- Name: quotas_share_project_id_953a1db4; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_share_project_id_953a1db4 ON public.quotas_share USING btree (project_id);


--
-- Name: quotas_share_quota_id_74b5e11c; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_share_quota_id_74b5e11c ON public.quotas_share USING btree (quota_id);


--
-- Name: quotas_usercap_tenant_id_2d39dc45; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_usercap_tenant_id_2d39dc45 ON public.quotas_usercap USING btree (tenant_id);


--
-- Name: quotas_usercap_user_id_22e5a047; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_usercap_user_id_22e5a047 ON public.quotas_usercap USING btree (user_id);


--
-- Name: quotas_workload_cluster_id_baa00bf3; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_workload_cluster_id_baa00bf3 ON public.quotas_workload USING btree (cluster_id);


--
-- Name: quotas_workload_priority_class_id_15b5c035; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_workload_priority_class_id_15b5c035 ON public.quotas_workload USING btree (priority_class_id);


--
-- Name: quotas_workload_project_id_3366a371; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_workload_project_id_3366a371 ON public.quotas_workload USING btree (project_id);


--
-- Name: quotas_workload_tenant_id_88d0d7b8; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_workload_tenant_id_88d0d7b8 ON public.quotas_workload USING btree (tenant_id);


--
-- Name: quotas_workload_user_id_afcc594a; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quotas_workload_user_id_afcc594a ON public.quotas_workload USING btree (user_id);


--
-- Name: run_of_schedule; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX run_of_schedule ON public.jobs_schedulerun USING btree (schedule_id, id DESC);


--
-- Name: schedule_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX schedule_due ON public.jobs_schedule USING btree (next_run_at) WHERE ((state)::text = 'active'::text);


--
-- Name: schedule_of_project; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX schedule_of_project ON public.jobs_schedule USING btree (project_id, id DESC);


--
-- Name: secrets_secret_created_by_id_ae134e2b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX secrets_secret_created_by_id_ae134e2b ON public.secrets_secret USING btree (created_by_id);


--
-- Name: secrets_secret_tenant_id_dbd59824; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX secrets_secret_tenant_id_dbd59824 ON public.secrets_secret USING btree (tenant_id);


--
-- Name: secrets_secretversion_created_by_id_6341ad98; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX secrets_secretversion_created_by_id_6341ad98 ON public.secrets_secretversion USING btree (created_by_id);


--
-- Name: secrets_secretversion_tenant_id_5733729d; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX secrets_secretversion_tenant_id_5733729d ON public.secrets_secretversion USING btree (tenant_id);


--
-- Name: sessions_of_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_of_user ON public.accounts_opensession USING btree (user_id, id DESC);


--
-- Name: share_waits; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX share_waits ON public.jobs_jobshare USING btree (email) WHERE (user_id IS NULL);


--
-- Name: storage_storedobject_path_a9d08a74_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX storage_storedobject_path_a9d08a74_like ON public.storage_storedobject USING btree (path varchar_pattern_ops);


--
-- Name: tenants_apitoken_digest_89ad189e_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_apitoken_digest_89ad189e_like ON public.tenants_apitoken USING btree (digest varchar_pattern_ops);


--
-- Name: tenants_apitoken_project_id_00303249; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_apitoken_project_id_00303249 ON public.tenants_apitoken USING btree (project_id);


--
-- Name: tenants_apitoken_tenant_id_f7ecd797; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_apitoken_tenant_id_f7ecd797 ON public.tenants_apitoken USING btree (tenant_id);


--
-- Name: tenants_apitoken_user_id_d51aa9f2; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_apitoken_user_id_d51aa9f2 ON public.tenants_apitoken USING btree (user_id);


--
-- Name: tenants_invitation_accepted_by_id_b7a6c8e9; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_invitation_accepted_by_id_b7a6c8e9 ON public.tenants_invitation USING btree (accepted_by_id);


--
-- Name: tenants_invitation_invited_by_id_e04be240; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_invitation_invited_by_id_e04be240 ON public.tenants_invitation USING btree (invited_by_id);


--
-- Name: tenants_invitation_project_id_d664605a; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_invitation_project_id_d664605a ON public.tenants_invitation USING btree (project_id);


--
-- Name: tenants_invitation_tenant_id_1e73354a; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_invitation_tenant_id_1e73354a ON public.tenants_invitation USING btree (tenant_id);


--
-- Name: tenants_invitation_token_id_b671f0ca; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_invitation_token_id_b671f0ca ON public.tenants_invitation USING btree (token_id);


--
-- Name: tenants_member_group_id_5761dd68; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_member_group_id_5761dd68 ON public.tenants_member USING btree (group_id);


--
-- Name: tenants_member_project_id_365d77c7; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_member_project_id_365d77c7 ON public.tenants_member USING btree (project_id);


--
-- Name: tenants_member_tenant_id_5705973e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_member_tenant_id_5705973e ON public.tenants_member USING btree (tenant_id);


--
-- Name: tenants_member_user_id_bab66e1c; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_member_user_id_bab66e1c ON public.tenants_member USING btree (user_id);


--
-- Name: tenants_project_tenant_id_76bb13e3; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_project_tenant_id_76bb13e3 ON public.tenants_project USING btree (tenant_id);


--
-- Name: tenants_serviceaccount_tenant_id_4318bf6e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_serviceaccount_tenant_id_4318bf6e ON public.tenants_serviceaccount USING btree (tenant_id);


--
-- Name: tenants_tenant_slug_0a9b71e6_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenants_tenant_slug_0a9b71e6_like ON public.tenants_tenant USING btree (slug varchar_pattern_ops);


--
-- Name: timeline_of_job; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX timeline_of_job ON public.jobs_timelineentry USING btree (job_id, id);


--
-- Name: token_ends_untold; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX token_ends_untold ON public.tenants_apitoken USING btree (expires_at) WHERE ((end_told_at IS NULL) AND (revoked_at IS NULL));


--
-- Name: trail_of_action; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX trail_of_action ON public.audit_auditentry USING btree (tenant_id, action, id DESC);


--
-- Name: trail_of_actor; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX trail_of_actor ON public.audit_auditentry USING btree (tenant_id, actor_id, id DESC);


--
-- Name: trail_of_address; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX trail_of_address ON public.audit_auditentry USING btree (tenant_id, address, id DESC);


--
-- Name: trail_of_kind; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX trail_of_kind ON public.audit_auditentry USING btree (tenant_id, subject_kind, id DESC);


--
-- Name: trail_of_request; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX trail_of_request ON public.audit_auditentry USING btree (tenant_id, request_id, id DESC);


--
-- Name: trail_of_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX trail_of_subject ON public.audit_auditentry USING btree (tenant_id, subject_id, id DESC);


--
-- Name: trail_of_tenant; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX trail_of_tenant ON public.audit_auditentry USING btree (tenant_id, id DESC);


--
-- Name: trail_of_token; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX trail_of_token ON public.audit_auditentry USING btree (tenant_id, token_id, id DESC) WHERE (token_id IS NOT NULL);


--
-- Name: trail_on_behalf_of; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX trail_on_behalf_of ON public.audit_auditentry USING btree (tenant_id, on_behalf_of_id, id DESC) WHERE (on_behalf_of_id IS NOT NULL);


--
-- Name: unique_authenticator_type; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));


--
-- Name: unique_primary_email; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";


--
-- Name: unique_verified_email; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;


--
-- Name: workload_of_project; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX workload_of_project ON public.quotas_workload USING btree (project_id, state);


--
-- Name: workload_of_tenant; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX workload_of_tenant ON public.quotas_workload USING btree (tenant_id, state);


--
-- Name: workload_queue; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX workload_queue ON public.quotas_workload USING btree (cluster_id, state, priority_value DESC, queued_at);


--
-- Name: audit_auditentry audit_append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit_append_only BEFORE DELETE OR UPDATE ON public.audit_auditentry FOR EACH ROW EXECUTE FUNCTION public.audit_refuse_change();


--
-- Name: account_emailaddress account_emailaddress_user_id_2c513194_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: account_emailconfirmation account_emailconfirm_email_address_id_5b7f8c58_fk_account_e; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_group_users accounts_group_users_group_id_444d8eb2_fk_accounts_group_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_group_users
    ADD CONSTRAINT accounts_group_users_group_id_444d8eb2_fk_accounts_group_id FOREIGN KEY (group_id) REFERENCES public.accounts_group(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_group_users accounts_group_users_user_id_14f56961_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_group_users
    ADD CONSTRAINT accounts_group_users_user_id_14f56961_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_opensession accounts_opensession_user_id_e6142668_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_opensession
    ADD CONSTRAINT accounts_opensession_user_id_e6142668_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_provideraccount accounts_provideracc_provider_id_770519ab_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_provideraccount
    ADD CONSTRAINT accounts_provideracc_provider_id_770519ab_fk_accounts_ FOREIGN KEY (provider_id) REFERENCES public.accounts_provider(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_provideraccount accounts_provideraccount_user_id_1729b5f7_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_provideraccount
    ADD CONSTRAINT accounts_provideraccount_user_id_1729b5f7_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_user_groups accounts_user_groups_group_id_bd11a704_fk_auth_group_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_group_id_bd11a704_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_user_groups accounts_user_groups_user_id_52b62117_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_user_id_52b62117_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_user_user_permissions accounts_user_user_p_permission_id_113bb443_fk_auth_perm; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_p_permission_id_113bb443_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: accounts_user_user_permissions accounts_user_user_p_user_id_e4f0a161_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_p_user_id_e4f0a161_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_group_permissions auth_group_permissio_permission_id_84c5c92e_fk_auth_perm; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_group_permissions auth_group_permissions_group_id_b120cbf9_fk_auth_group_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_permission auth_permission_content_type_id_2f476e4b_fk_django_co; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clusters_flavor clusters_flavor_cluster_id_b290c079_fk_clusters_cluster_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clusters_flavor
    ADD CONSTRAINT clusters_flavor_cluster_id_b290c079_fk_clusters_cluster_id FOREIGN KEY (cluster_id) REFERENCES public.clusters_cluster(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clusters_node clusters_node_cluster_id_da46f92d_fk_clusters_cluster_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clusters_node
    ADD CONSTRAINT clusters_node_cluster_id_da46f92d_fk_clusters_cluster_id FOREIGN KEY (cluster_id) REFERENCES public.clusters_cluster(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: code_code code_code_created_by_id_2869281d_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.code_code
    ADD CONSTRAINT code_code_created_by_id_2869281d_fk_accounts_user_id FOREIGN KEY (created_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: code_code code_code_project_id_eeec1b0f_fk_tenants_project_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.code_code
    ADD CONSTRAINT code_code_project_id_eeec1b0f_fk_tenants_project_id FOREIGN KEY (project_id) REFERENCES public.tenants_project(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: code_code code_code_stored_id_96688f7d_fk_storage_storedobject_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.code_code
    ADD CONSTRAINT code_code_stored_id_96688f7d_fk_storage_storedobject_id FOREIGN KEY (stored_id) REFERENCES public.storage_storedobject(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: code_code code_code_tenant_id_d869bb07_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.code_code
    ADD CONSTRAINT code_code_tenant_id_d869bb07_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: guardian_groupobjectpermission guardian_groupobject_content_type_id_7ade36b8_fk_django_co; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobject_content_type_id_7ade36b8_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: guardian_groupobjectpermission guardian_groupobject_group_id_4bbbfb62_fk_auth_grou; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobject_group_id_4bbbfb62_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: guardian_groupobjectpermission guardian_groupobject_permission_id_36572738_fk_auth_perm; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobject_permission_id_36572738_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: guardian_userobjectpermission guardian_userobjectp_content_type_id_2e892405_fk_django_co; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectp_content_type_id_2e892405_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: guardian_userobjectpermission guardian_userobjectp_permission_id_71807bfc_fk_auth_perm; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectp_permission_id_71807bfc_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: guardian_userobjectpermission guardian_userobjectp_user_id_d5c1e964_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectp_user_id_d5c1e964_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_artifact jobs_artifact_job_id_199e54ac_fk_jobs_job_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_artifact
    ADD CONSTRAINT jobs_artifact_job_id_199e54ac_fk_jobs_job_id FOREIGN KEY (job_id) REFERENCES public.jobs_job(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_artifact jobs_artifact_stored_id_16790659_fk_storage_storedobject_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_artifact
    ADD CONSTRAINT jobs_artifact_stored_id_16790659_fk_storage_storedobject_id FOREIGN KEY (stored_id) REFERENCES public.storage_storedobject(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_job jobs_job_cluster_id_e533c240_fk_clusters_cluster_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_job
    ADD CONSTRAINT jobs_job_cluster_id_e533c240_fk_clusters_cluster_id FOREIGN KEY (cluster_id) REFERENCES public.clusters_cluster(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_job jobs_job_project_id_93355715_fk_tenants_project_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_job
    ADD CONSTRAINT jobs_job_project_id_93355715_fk_tenants_project_id FOREIGN KEY (project_id) REFERENCES public.tenants_project(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_job jobs_job_submitted_by_id_4bb0016c_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_job
    ADD CONSTRAINT jobs_job_submitted_by_id_4bb0016c_fk_accounts_user_id FOREIGN KEY (submitted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_job jobs_job_tenant_id_47fdbf2d_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_job
    ADD CONSTRAINT jobs_job_tenant_id_47fdbf2d_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_jobcode jobs_jobcode_code_id_00b2b357_fk_code_code_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobcode
    ADD CONSTRAINT jobs_jobcode_code_id_00b2b357_fk_code_code_id FOREIGN KEY (code_id) REFERENCES public.code_code(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_jobcode jobs_jobcode_job_id_c7448849_fk_jobs_job_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobcode
    ADD CONSTRAINT jobs_jobcode_job_id_c7448849_fk_jobs_job_id FOREIGN KEY (job_id) REFERENCES public.jobs_job(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_jobcode jobs_jobcode_tenant_id_1e951937_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobcode
    ADD CONSTRAINT jobs_jobcode_tenant_id_1e951937_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_jobsecret jobs_jobsecret_job_id_8f9c0659_fk_jobs_job_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobsecret
    ADD CONSTRAINT jobs_jobsecret_job_id_8f9c0659_fk_jobs_job_id FOREIGN KEY (job_id) REFERENCES public.jobs_job(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_jobsecret jobs_jobsecret_project_id_77feb930_fk_tenants_project_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobsecret
    ADD CONSTRAINT jobs_jobsecret_project_id_77feb930_fk_tenants_project_id FOREIGN KEY (project_id) REFERENCES public.tenants_project(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_jobsecret jobs_jobsecret_tenant_id_cb810b37_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobsecret
    ADD CONSTRAINT jobs_jobsecret_tenant_id_cb810b37_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_jobshare jobs_jobshare_content_object_id_6b9aeb40_fk_jobs_job_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobshare
    ADD CONSTRAINT jobs_jobshare_content_object_id_6b9aeb40_fk_jobs_job_id FOREIGN KEY (content_object_id) REFERENCES public.jobs_job(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_jobshare jobs_jobshare_permission_id_35d72fb6_fk_auth_permission_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobshare
    ADD CONSTRAINT jobs_jobshare_permission_id_35d72fb6_fk_auth_permission_id FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_jobshare jobs_jobshare_user_id_f6a1dc8e_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_jobshare
    ADD CONSTRAINT jobs_jobshare_user_id_f6a1dc8e_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_replica jobs_replica_job_id_d6002192_fk_jobs_job_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_replica
    ADD CONSTRAINT jobs_replica_job_id_d6002192_fk_jobs_job_id FOREIGN KEY (job_id) REFERENCES public.jobs_job(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_schedule jobs_schedule_owner_id_d271a1a0_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_schedule
    ADD CONSTRAINT jobs_schedule_owner_id_d271a1a0_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_schedule jobs_schedule_project_id_770ff142_fk_tenants_project_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_schedule
    ADD CONSTRAINT jobs_schedule_project_id_770ff142_fk_tenants_project_id FOREIGN KEY (project_id) REFERENCES public.tenants_project(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_schedule jobs_schedule_template_id_d3169dd8_fk_jobs_template_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_schedule
    ADD CONSTRAINT jobs_schedule_template_id_d3169dd8_fk_jobs_template_id FOREIGN KEY (template_id) REFERENCES public.jobs_template(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_schedule jobs_schedule_tenant_id_19523e83_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_schedule
    ADD CONSTRAINT jobs_schedule_tenant_id_19523e83_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_schedulerun jobs_schedulerun_schedule_id_bf98ceba_fk_jobs_schedule_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_schedulerun
    ADD CONSTRAINT jobs_schedulerun_schedule_id_bf98ceba_fk_jobs_schedule_id FOREIGN KEY (schedule_id) REFERENCES public.jobs_schedule(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_template jobs_template_created_by_id_cb8d8f64_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_template
    ADD CONSTRAINT jobs_template_created_by_id_cb8d8f64_fk_accounts_user_id FOREIGN KEY (created_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_template jobs_template_tenant_id_2d606d8e_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_template
    ADD CONSTRAINT jobs_template_tenant_id_2d606d8e_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: jobs_timelineentry jobs_timelineentry_job_id_acb0488f_fk_jobs_job_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs_timelineentry
    ADD CONSTRAINT jobs_timelineentry_job_id_acb0488f_fk_jobs_job_id FOREIGN KEY (job_id) REFERENCES public.jobs_job(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: mfa_authenticator mfa_authenticator_user_id_0c3a50c0_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: monitoring_inbox monitoring_inbox_user_id_90d08e65_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.monitoring_inbox
    ADD CONSTRAINT monitoring_inbox_user_id_90d08e65_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: monitoring_mute monitoring_mute_user_id_450af653_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.monitoring_mute
    ADD CONSTRAINT monitoring_mute_user_id_450af653_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: monitoring_notification monitoring_notification_user_id_df26fcf3_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.monitoring_notification
    ADD CONSTRAINT monitoring_notification_user_id_df26fcf3_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_cohort quotas_cohort_cluster_id_13adfa07_fk_clusters_cluster_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_cohort
    ADD CONSTRAINT quotas_cohort_cluster_id_13adfa07_fk_clusters_cluster_id FOREIGN KEY (cluster_id) REFERENCES public.clusters_cluster(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_quota quotas_quota_cluster_id_326df89a_fk_clusters_cluster_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quota
    ADD CONSTRAINT quotas_quota_cluster_id_326df89a_fk_clusters_cluster_id FOREIGN KEY (cluster_id) REFERENCES public.clusters_cluster(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_quota quotas_quota_cohort_id_9201ec39_fk_quotas_cohort_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quota
    ADD CONSTRAINT quotas_quota_cohort_id_9201ec39_fk_quotas_cohort_id FOREIGN KEY (cohort_id) REFERENCES public.quotas_cohort(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_quota quotas_quota_tenant_id_4526749a_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quota
    ADD CONSTRAINT quotas_quota_tenant_id_4526749a_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_quotaline quotas_quotaline_flavor_id_78bd354d_fk_clusters_flavor_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quotaline
    ADD CONSTRAINT quotas_quotaline_flavor_id_78bd354d_fk_clusters_flavor_id FOREIGN KEY (flavor_id) REFERENCES public.clusters_flavor(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_quotaline quotas_quotaline_quota_id_723435ea_fk_quotas_quota_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quotaline
    ADD CONSTRAINT quotas_quotaline_quota_id_723435ea_fk_quotas_quota_id FOREIGN KEY (quota_id) REFERENCES public.quotas_quota(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_quotarequest quotas_quotarequest_decided_by_id_6ddf7af2_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quotarequest
    ADD CONSTRAINT quotas_quotarequest_decided_by_id_6ddf7af2_fk_accounts_user_id FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_quotarequest quotas_quotarequest_flavor_id_a89b72cc_fk_clusters_flavor_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quotarequest
    ADD CONSTRAINT quotas_quotarequest_flavor_id_a89b72cc_fk_clusters_flavor_id FOREIGN KEY (flavor_id) REFERENCES public.clusters_flavor(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_quotarequest quotas_quotarequest_project_id_0c501ce0_fk_tenants_project_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quotarequest
    ADD CONSTRAINT quotas_quotarequest_project_id_0c501ce0_fk_tenants_project_id FOREIGN KEY (project_id) REFERENCES public.tenants_project(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_quotarequest quotas_quotarequest_requested_by_id_48fc6816_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quotarequest
    ADD CONSTRAINT quotas_quotarequest_requested_by_id_48fc6816_fk_accounts_ FOREIGN KEY (requested_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_quotarequest quotas_quotarequest_tenant_id_4717d9cf_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_quotarequest
    ADD CONSTRAINT quotas_quotarequest_tenant_id_4717d9cf_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_share quotas_share_flavor_id_ed39a248_fk_clusters_flavor_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_share
    ADD CONSTRAINT quotas_share_flavor_id_ed39a248_fk_clusters_flavor_id FOREIGN KEY (flavor_id) REFERENCES public.clusters_flavor(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_share quotas_share_project_id_953a1db4_fk_tenants_project_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_share
    ADD CONSTRAINT quotas_share_project_id_953a1db4_fk_tenants_project_id FOREIGN KEY (project_id) REFERENCES public.tenants_project(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_share quotas_share_quota_id_74b5e11c_fk_quotas_quota_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_share
    ADD CONSTRAINT quotas_share_quota_id_74b5e11c_fk_quotas_quota_id FOREIGN KEY (quota_id) REFERENCES public.quotas_quota(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_usercap quotas_usercap_tenant_id_2d39dc45_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_usercap
    ADD CONSTRAINT quotas_usercap_tenant_id_2d39dc45_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_usercap quotas_usercap_user_id_22e5a047_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_usercap
    ADD CONSTRAINT quotas_usercap_user_id_22e5a047_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_workload quotas_workload_cluster_id_baa00bf3_fk_clusters_cluster_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_workload
    ADD CONSTRAINT quotas_workload_cluster_id_baa00bf3_fk_clusters_cluster_id FOREIGN KEY (cluster_id) REFERENCES public.clusters_cluster(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_workload quotas_workload_priority_class_id_15b5c035_fk_quotas_pr; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_workload
    ADD CONSTRAINT quotas_workload_priority_class_id_15b5c035_fk_quotas_pr FOREIGN KEY (priority_class_id) REFERENCES public.quotas_priorityclass(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_workload quotas_workload_project_id_3366a371_fk_tenants_project_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_workload
    ADD CONSTRAINT quotas_workload_project_id_3366a371_fk_tenants_project_id FOREIGN KEY (project_id) REFERENCES public.tenants_project(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_workload quotas_workload_tenant_id_88d0d7b8_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_workload
    ADD CONSTRAINT quotas_workload_tenant_id_88d0d7b8_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: quotas_workload quotas_workload_user_id_afcc594a_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotas_workload
    ADD CONSTRAINT quotas_workload_user_id_afcc594a_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: secrets_secret secrets_secret_created_by_id_ae134e2b_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.secrets_secret
    ADD CONSTRAINT secrets_secret_created_by_id_ae134e2b_fk_accounts_user_id FOREIGN KEY (created_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: secrets_secret secrets_secret_project_id_e5907b0a_fk_tenants_project_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.secrets_secret
    ADD CONSTRAINT secrets_secret_project_id_e5907b0a_fk_tenants_project_id FOREIGN KEY (project_id) REFERENCES public.tenants_project(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: secrets_secret secrets_secret_tenant_id_dbd59824_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.secrets_secret
    ADD CONSTRAINT secrets_secret_tenant_id_dbd59824_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: secrets_secretversion secrets_secretversio_created_by_id_6341ad98_fk_accounts_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.secrets_secretversion
    ADD CONSTRAINT secrets_secretversio_created_by_id_6341ad98_fk_accounts_ FOREIGN KEY (created_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: secrets_secretversion secrets_secretversion_secret_id_11c0f6e3_fk_secrets_secret_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.secrets_secretversion
    ADD CONSTRAINT secrets_secretversion_secret_id_11c0f6e3_fk_secrets_secret_id FOREIGN KEY (secret_id) REFERENCES public.secrets_secret(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: secrets_secretversion secrets_secretversion_tenant_id_5733729d_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.secrets_secretversion
    ADD CONSTRAINT secrets_secretversion_tenant_id_5733729d_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_apitoken tenants_apitoken_project_id_00303249_fk_tenants_project_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_apitoken
    ADD CONSTRAINT tenants_apitoken_project_id_00303249_fk_tenants_project_id FOREIGN KEY (project_id) REFERENCES public.tenants_project(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_apitoken tenants_apitoken_tenant_id_f7ecd797_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_apitoken
    ADD CONSTRAINT tenants_apitoken_tenant_id_f7ecd797_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_apitoken tenants_apitoken_user_id_d51aa9f2_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_apitoken
    ADD CONSTRAINT tenants_apitoken_user_id_d51aa9f2_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_invitation tenants_invitation_accepted_by_id_b7a6c8e9_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_invitation
    ADD CONSTRAINT tenants_invitation_accepted_by_id_b7a6c8e9_fk_accounts_user_id FOREIGN KEY (accepted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_invitation tenants_invitation_invited_by_id_e04be240_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_invitation
    ADD CONSTRAINT tenants_invitation_invited_by_id_e04be240_fk_accounts_user_id FOREIGN KEY (invited_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_invitation tenants_invitation_project_id_d664605a_fk_tenants_project_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_invitation
    ADD CONSTRAINT tenants_invitation_project_id_d664605a_fk_tenants_project_id FOREIGN KEY (project_id) REFERENCES public.tenants_project(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_invitation tenants_invitation_tenant_id_1e73354a_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_invitation
    ADD CONSTRAINT tenants_invitation_tenant_id_1e73354a_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_invitation tenants_invitation_token_id_b671f0ca_fk_tenants_apitoken_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_invitation
    ADD CONSTRAINT tenants_invitation_token_id_b671f0ca_fk_tenants_apitoken_id FOREIGN KEY (token_id) REFERENCES public.tenants_apitoken(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_member tenants_member_group_id_5761dd68_fk_accounts_group_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_member
    ADD CONSTRAINT tenants_member_group_id_5761dd68_fk_accounts_group_id FOREIGN KEY (group_id) REFERENCES public.accounts_group(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_member tenants_member_project_id_365d77c7_fk_tenants_project_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_member
    ADD CONSTRAINT tenants_member_project_id_365d77c7_fk_tenants_project_id FOREIGN KEY (project_id) REFERENCES public.tenants_project(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_member tenants_member_tenant_id_5705973e_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_member
    ADD CONSTRAINT tenants_member_tenant_id_5705973e_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_member tenants_member_user_id_bab66e1c_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_member
    ADD CONSTRAINT tenants_member_user_id_bab66e1c_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_project tenants_project_tenant_id_76bb13e3_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_project
    ADD CONSTRAINT tenants_project_tenant_id_76bb13e3_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_serviceaccount tenants_serviceaccount_tenant_id_4318bf6e_fk_tenants_tenant_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_serviceaccount
    ADD CONSTRAINT tenants_serviceaccount_tenant_id_4318bf6e_fk_tenants_tenant_id FOREIGN KEY (tenant_id) REFERENCES public.tenants_tenant(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: tenants_serviceaccount tenants_serviceaccount_user_id_56285165_fk_accounts_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenants_serviceaccount
    ADD CONSTRAINT tenants_serviceaccount_user_id_56285165_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: audit_auditchain; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.audit_auditchain ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_auditentry; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.audit_auditentry ENABLE ROW LEVEL SECURITY;

--
-- Name: code_code; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.code_code ENABLE ROW LEVEL SECURITY;

--
-- Name: core_idempotencyrecord; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.core_idempotencyrecord ENABLE ROW LEVEL SECURITY;

--
-- Name: core_outboxevent; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.core_outboxevent ENABLE ROW LEVEL SECURITY;

--
-- Name: core_outboxmail; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.core_outboxmail ENABLE ROW LEVEL SECURITY;

--
-- Name: core_outboxnotification; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.core_outboxnotification ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_auditchain everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.audit_auditchain TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: audit_auditentry everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.audit_auditentry TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: code_code everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.code_code TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: core_idempotencyrecord everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.core_idempotencyrecord TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: core_outboxevent everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.core_outboxevent TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: core_outboxmail everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.core_outboxmail TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: core_outboxnotification everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.core_outboxnotification TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: jobs_artifact everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.jobs_artifact TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: jobs_job everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.jobs_job TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: jobs_jobcode everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.jobs_jobcode TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: jobs_jobsecret everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.jobs_jobsecret TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: jobs_jobshare everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.jobs_jobshare TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: jobs_replica everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.jobs_replica TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: jobs_schedule everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.jobs_schedule TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: jobs_schedulerun everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.jobs_schedulerun TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: jobs_template everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.jobs_template TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: jobs_timelineentry everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.jobs_timelineentry TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: monitoring_inbox everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.monitoring_inbox TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: monitoring_logchunk everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.monitoring_logchunk TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: monitoring_metricpoint everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.monitoring_metricpoint TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: monitoring_mute everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.monitoring_mute TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: monitoring_notification everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.monitoring_notification TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: quotas_cohort everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.quotas_cohort TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: quotas_ledgerentry everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.quotas_ledgerentry TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: quotas_quota everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.quotas_quota TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: quotas_quotaline everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.quotas_quotaline TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: quotas_quotarequest everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.quotas_quotarequest TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: quotas_share everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.quotas_share TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: quotas_usercap everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.quotas_usercap TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: quotas_workload everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.quotas_workload TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: secrets_secret everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.secrets_secret TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: secrets_secretversion everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.secrets_secretversion TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: storage_storedobject everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.storage_storedobject TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: tenants_apitoken everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.tenants_apitoken TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: tenants_invitation everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.tenants_invitation TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: tenants_member everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.tenants_member TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: tenants_project everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.tenants_project TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: tenants_serviceaccount everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.tenants_serviceaccount TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: tenants_tenant everything; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everything ON public.tenants_tenant TO hanse_worker USING (true) WITH CHECK (true);


--
-- Name: jobs_artifact; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.jobs_artifact ENABLE ROW LEVEL SECURITY;

--
-- Name: jobs_job; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.jobs_job ENABLE ROW LEVEL SECURITY;

--
-- Name: jobs_jobcode; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.jobs_jobcode ENABLE ROW LEVEL SECURITY;

--
-- Name: jobs_jobsecret; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.jobs_jobsecret ENABLE ROW LEVEL SECURITY;

--
-- Name: jobs_jobshare; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.jobs_jobshare ENABLE ROW LEVEL SECURITY;

--
-- Name: jobs_replica; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.jobs_replica ENABLE ROW LEVEL SECURITY;

--
-- Name: jobs_schedule; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.jobs_schedule ENABLE ROW LEVEL SECURITY;

--
-- Name: jobs_schedulerun; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.jobs_schedulerun ENABLE ROW LEVEL SECURITY;

--
-- Name: jobs_template; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.jobs_template ENABLE ROW LEVEL SECURITY;

--
-- Name: jobs_timelineentry; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.jobs_timelineentry ENABLE ROW LEVEL SECURITY;

--
-- Name: monitoring_inbox; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.monitoring_inbox ENABLE ROW LEVEL SECURITY;

--
-- Name: monitoring_logchunk; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.monitoring_logchunk ENABLE ROW LEVEL SECURITY;

--
-- Name: monitoring_metricpoint; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.monitoring_metricpoint ENABLE ROW LEVEL SECURITY;

--
-- Name: monitoring_mute; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.monitoring_mute ENABLE ROW LEVEL SECURITY;

--
-- Name: monitoring_notification; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.monitoring_notification ENABLE ROW LEVEL SECURITY;

--
-- Name: quotas_cohort; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.quotas_cohort ENABLE ROW LEVEL SECURITY;

--
-- Name: quotas_ledgerentry; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.quotas_ledgerentry ENABLE ROW LEVEL SECURITY;

--
-- Name: quotas_quota; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.quotas_quota ENABLE ROW LEVEL SECURITY;

--
-- Name: quotas_quotaline; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.quotas_quotaline ENABLE ROW LEVEL SECURITY;

--
-- Name: quotas_quotarequest; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.quotas_quotarequest ENABLE ROW LEVEL SECURITY;

--
-- Name: quotas_share; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.quotas_share ENABLE ROW LEVEL SECURITY;

--
-- Name: quotas_usercap; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.quotas_usercap ENABLE ROW LEVEL SECURITY;

--
-- Name: quotas_workload; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.quotas_workload ENABLE ROW LEVEL SECURITY;

--
-- Name: secrets_secret; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.secrets_secret ENABLE ROW LEVEL SECURITY;

--
-- Name: secrets_secretversion; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.secrets_secretversion ENABLE ROW LEVEL SECURITY;

--
-- Name: storage_storedobject; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.storage_storedobject ENABLE ROW LEVEL SECURITY;

--
-- Name: tenants_apitoken; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tenants_apitoken ENABLE ROW LEVEL SECURITY;

--
-- Name: tenants_invitation; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tenants_invitation ENABLE ROW LEVEL SECURITY;

--
-- Name: tenants_member; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tenants_member ENABLE ROW LEVEL SECURITY;

--
-- Name: tenants_project; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tenants_project ENABLE ROW LEVEL SECURITY;

--
-- Name: tenants_serviceaccount; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tenants_serviceaccount ENABLE ROW LEVEL SECURITY;

--
-- Name: tenants_tenant; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tenants_tenant ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_auditchain wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.audit_auditchain TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[])) OR (tenant_id = '00000000-0000-0000-0000-000000000000'::uuid))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[])) OR (tenant_id = '00000000-0000-0000-0000-000000000000'::uuid)));


--
-- Name: audit_auditentry wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.audit_auditentry TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[]))));


--
-- Name: code_code wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.code_code TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: core_idempotencyrecord wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.core_idempotencyrecord TO hanse_web USING (((actor)::text = ( SELECT public.wall_principal() AS wall_principal))) WITH CHECK (((actor)::text = ( SELECT public.wall_principal() AS wall_principal)));


--
-- Name: core_outboxevent wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.core_outboxevent TO hanse_web USING (false) WITH CHECK (false);


--
-- Name: core_outboxmail wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.core_outboxmail TO hanse_web USING (( SELECT public.wall_sees_all() AS wall_sees_all)) WITH CHECK (( SELECT public.wall_sees_all() AS wall_sees_all));


--
-- Name: core_outboxnotification wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.core_outboxnotification TO hanse_web USING (false) WITH CHECK (false);


--
-- Name: jobs_artifact wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.jobs_artifact TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: jobs_job wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.jobs_job TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: jobs_jobcode wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.jobs_jobcode TO hanse_web USING ((EXISTS ( SELECT
   FROM public.jobs_job parent
  WHERE (parent.id = jobs_jobcode.job_id)))) WITH CHECK ((EXISTS ( SELECT
   FROM public.jobs_job parent
  WHERE (parent.id = jobs_jobcode.job_id))));


--
-- Name: jobs_jobsecret wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.jobs_jobsecret TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: jobs_jobshare wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.jobs_jobshare TO hanse_web USING ((EXISTS ( SELECT
   FROM public.jobs_job parent
  WHERE (parent.id = jobs_jobshare.content_object_id)))) WITH CHECK ((EXISTS ( SELECT
   FROM public.jobs_job parent
  WHERE (parent.id = jobs_jobshare.content_object_id))));


--
-- Name: jobs_replica wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.jobs_replica TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: jobs_schedule wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.jobs_schedule TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: jobs_schedulerun wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.jobs_schedulerun TO hanse_web USING ((EXISTS ( SELECT
   FROM public.jobs_schedule parent
  WHERE (parent.id = jobs_schedulerun.schedule_id)))) WITH CHECK ((EXISTS ( SELECT
   FROM public.jobs_schedule parent
  WHERE (parent.id = jobs_schedulerun.schedule_id))));


--
-- Name: jobs_template wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.jobs_template TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[]))));


--
-- Name: jobs_timelineentry wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.jobs_timelineentry TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: monitoring_inbox wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.monitoring_inbox TO hanse_web USING ((user_id = ( SELECT public.wall_user() AS wall_user))) WITH CHECK ((user_id = ( SELECT public.wall_user() AS wall_user)));


--
-- Name: monitoring_logchunk wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.monitoring_logchunk TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: monitoring_metricpoint wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.monitoring_metricpoint TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: monitoring_mute wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.monitoring_mute TO hanse_web USING ((user_id = ( SELECT public.wall_user() AS wall_user))) WITH CHECK ((user_id = ( SELECT public.wall_user() AS wall_user)));


--
-- Name: monitoring_notification wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.monitoring_notification TO hanse_web USING ((user_id = ( SELECT public.wall_user() AS wall_user))) WITH CHECK ((user_id = ( SELECT public.wall_user() AS wall_user)));


--
-- Name: quotas_cohort wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.quotas_cohort TO hanse_web USING (( SELECT public.wall_sees_all() AS wall_sees_all)) WITH CHECK (( SELECT public.wall_sees_all() AS wall_sees_all));


--
-- Name: quotas_ledgerentry wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.quotas_ledgerentry TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: quotas_quota wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.quotas_quota TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[]))));


--
-- Name: quotas_quotaline wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.quotas_quotaline TO hanse_web USING ((EXISTS ( SELECT
   FROM public.quotas_quota parent
  WHERE (parent.id = quotas_quotaline.quota_id)))) WITH CHECK ((EXISTS ( SELECT
   FROM public.quotas_quota parent
  WHERE (parent.id = quotas_quotaline.quota_id))));


--
-- Name: quotas_quotarequest wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.quotas_quotarequest TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[]))));


--
-- Name: quotas_share wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.quotas_share TO hanse_web USING ((EXISTS ( SELECT
   FROM public.quotas_quota parent
  WHERE (parent.id = quotas_share.quota_id)))) WITH CHECK ((EXISTS ( SELECT
   FROM public.quotas_quota parent
  WHERE (parent.id = quotas_share.quota_id))));


--
-- Name: quotas_usercap wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.quotas_usercap TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[]))));


--
-- Name: quotas_workload wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.quotas_workload TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: secrets_secret wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.secrets_secret TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: secrets_secretversion wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.secrets_secretversion TO hanse_web USING ((EXISTS ( SELECT
   FROM public.secrets_secret parent
  WHERE (parent.id = secrets_secretversion.secret_id)))) WITH CHECK ((EXISTS ( SELECT
   FROM public.secrets_secret parent
  WHERE (parent.id = secrets_secretversion.secret_id))));


--
-- Name: storage_storedobject wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.storage_storedobject TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: tenants_apitoken wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.tenants_apitoken TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (user_id = ( SELECT public.wall_user() AS wall_user)) OR (EXISTS ( SELECT
   FROM public.tenants_serviceaccount program
  WHERE (program.user_id = tenants_apitoken.user_id))))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (user_id = ( SELECT public.wall_user() AS wall_user)) OR (EXISTS ( SELECT
   FROM public.tenants_serviceaccount program
  WHERE (program.user_id = tenants_apitoken.user_id)))));


--
-- Name: tenants_invitation wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.tenants_invitation TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (project_id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: tenants_member wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.tenants_member TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[]))));


--
-- Name: tenants_project wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.tenants_project TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_tenants() AS wall_tenants)::uuid[])) OR (id = ANY (( SELECT public.wall_projects() AS wall_projects)::uuid[]))));


--
-- Name: tenants_serviceaccount wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.tenants_serviceaccount TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[]))));


--
-- Name: tenants_tenant wall; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall ON public.tenants_tenant TO hanse_web USING ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[])))) WITH CHECK ((( SELECT public.wall_sees_all() AS wall_sees_all) OR (id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[]))));


--
-- Name: audit_auditentry wall_add; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_add ON public.audit_auditentry FOR INSERT TO hanse_web WITH CHECK (((tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[])) OR (tenant_id = '00000000-0000-0000-0000-000000000000'::uuid)));


--
-- Name: core_outboxevent wall_add; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_add ON public.core_outboxevent FOR INSERT TO hanse_web WITH CHECK (((tenant_id IS NULL) OR ( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[]))));


--
-- Name: core_outboxmail wall_add; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_add ON public.core_outboxmail FOR INSERT TO hanse_web WITH CHECK (true);


--
-- Name: core_outboxnotification wall_add; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_add ON public.core_outboxnotification FOR INSERT TO hanse_web WITH CHECK (((tenant_id IS NULL) OR ( SELECT public.wall_sees_all() AS wall_sees_all) OR (tenant_id = ANY (( SELECT public.wall_places() AS wall_places)::uuid[]))));


--
-- Name: core_outboxevent wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.core_outboxevent FOR SELECT TO hanse_web USING (true);


--
-- Name: core_outboxnotification wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.core_outboxnotification FOR SELECT TO hanse_web USING (true);


--
-- Name: jobs_artifact wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.jobs_artifact FOR SELECT TO hanse_web USING ((job_id = ANY (( SELECT public.wall_shared() AS wall_shared)::uuid[])));


--
-- Name: jobs_job wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.jobs_job FOR SELECT TO hanse_web USING ((id = ANY (( SELECT public.wall_shared() AS wall_shared)::uuid[])));


--
-- Name: jobs_jobsecret wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.jobs_jobsecret FOR SELECT TO hanse_web USING ((job_id = ANY (( SELECT public.wall_shared() AS wall_shared)::uuid[])));


--
-- Name: jobs_jobshare wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.jobs_jobshare FOR SELECT TO hanse_web USING (((user_id = ( SELECT public.wall_user() AS wall_user)) OR ((user_id IS NULL) AND ((email)::text = (( SELECT person.email
   FROM public.accounts_user person
  WHERE (person.id = ( SELECT public.wall_user() AS wall_user))))::text))));


--
-- Name: jobs_replica wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.jobs_replica FOR SELECT TO hanse_web USING ((job_id = ANY (( SELECT public.wall_shared() AS wall_shared)::uuid[])));


--
-- Name: jobs_template wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.jobs_template FOR SELECT TO hanse_web USING (((tenant_id IS NULL) AND (( SELECT public.wall_user() AS wall_user) IS NOT NULL)));


--
-- Name: jobs_timelineentry wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.jobs_timelineentry FOR SELECT TO hanse_web USING ((job_id = ANY (( SELECT public.wall_shared() AS wall_shared)::uuid[])));


--
-- Name: monitoring_logchunk wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.monitoring_logchunk FOR SELECT TO hanse_web USING ((subject_id = ANY (( SELECT public.wall_shared() AS wall_shared)::uuid[])));


--
-- Name: monitoring_metricpoint wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.monitoring_metricpoint FOR SELECT TO hanse_web USING ((subject_id = ANY (( SELECT public.wall_shared() AS wall_shared)::uuid[])));


--
-- Name: quotas_cohort wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.quotas_cohort FOR SELECT TO hanse_web USING ((EXISTS ( SELECT
   FROM public.quotas_quota quota
  WHERE (quota.cohort_id = quotas_cohort.id))));


--
-- Name: quotas_workload wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.quotas_workload FOR SELECT TO hanse_web USING ((subject_id = ANY (( SELECT public.wall_shared() AS wall_shared)::uuid[])));


--
-- Name: storage_storedobject wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.storage_storedobject FOR SELECT TO hanse_web USING ((producer_id = ANY (( SELECT public.wall_shared() AS wall_shared)::uuid[])));


--
-- Name: tenants_apitoken wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.tenants_apitoken FOR SELECT TO hanse_web USING (((digest)::text = ( SELECT public.wall_proof() AS wall_proof)));


--
-- Name: tenants_member wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.tenants_member FOR SELECT TO hanse_web USING ((user_id = ( SELECT public.wall_user() AS wall_user)));


--
-- Name: tenants_project wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.tenants_project FOR SELECT TO hanse_web USING ((id = ANY (( SELECT public.wall_shared() AS wall_shared)::uuid[])));


--
-- Name: tenants_tenant wall_read; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY wall_read ON public.tenants_tenant FOR SELECT TO hanse_web USING ((id = ANY (( SELECT public.wall_shared() AS wall_shared)::uuid[])));


--
-- PostgreSQL database dump complete
--

\unrestrict PhItl1YTgW7j5Af7ocGFa76UlkQ5gUYqhgovmdzT07ZZoWHC50N6yvAcjQZtP61

