{{- define "hanse.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-hanse" .Release.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "hanse.image" -}}
{{- $image := .Values.image -}}
{{- if $image.digest }}{{ printf "%s@%s" $image.repository $image.digest }}{{ else }}{{ printf "%s:%s" $image.repository ($image.tag | default .Chart.AppVersion) }}{{ end }}
{{- end }}

{{- define "hanse.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (include "hanse.name" .) }}
{{- end }}

{{/* What never changes for one component: selectors are immutable. Takes (dict "root" . "component" "web"). */}}
{{- define "hanse.selector" -}}
app.kubernetes.io/name: hanse
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "hanse.labels" -}}
{{ include "hanse.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "hanse.metadata" -}}
name: {{ include "hanse.name" .root }}-{{ .component }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "hanse.labels" . | nindent 2 }}
{{- end }}

{{/* Settings of a process; role: owner, web or worker, as which it knows the database. */}}
{{- define "hanse.environment" -}}
{{- $values := .root.Values -}}
- name: HANSE_MODE
  value: production
- name: HANSE_PUBLIC_URL
  value: {{ $values.publicUrl | quote }}
- name: POD_ADDRESS
  valueFrom: {fieldRef: {fieldPath: status.podIP}}
# The proxy's own name for `helm test`, the pod's for whoever scrapes it.
- name: HANSE_ALLOWED_HOSTS
  value: {{ printf "%s-proxy,$(POD_ADDRESS)" (include "hanse.name" .root) | quote }}
- name: HANSE_METRICS_NETWORKS
  value: {{ join "," $values.monitoring.networks | quote }}
- name: HANSE_TRUSTED_PROXIES
  value: {{ add $values.proxiesInFront 1 | quote }}
- name: HANSE_DATABASE_CONNECTIONS
  value: {{ $values.database.connections | quote }}
- name: PROMETHEUS_MULTIPROC_DIR
  value: /run/hanse
{{- range $variable, $key := dict "HANSE_SECRET_KEY" "secret-key" "HANSE_TOKEN_KEY" "token-key" "HANSE_ENCRYPTION_KEYS" "encryption-keys" }}
- name: {{ $variable }}
  valueFrom: {secretKeyRef: {name: {{ $values.keys.existingSecret }}, key: {{ $key }}}}
{{- end }}
- name: HANSE_DATABASE_URL
  valueFrom: {secretKeyRef: {name: {{ $values.database.existingSecret }}, key: {{ .role }}-url}}
- name: HANSE_REDIS_URL
  valueFrom: {secretKeyRef: {name: {{ $values.redis.existingSecret }}, key: url}}
- name: HANSE_OBJECTS_URL
  value: {{ $values.objects.url | quote }}
{{- if $values.mail.existingSecret }}
- name: HANSE_MAIL_URL
  valueFrom: {secretKeyRef: {name: {{ $values.mail.existingSecret }}, key: url}}
- name: HANSE_MAIL_FROM
  value: {{ required "mail.from is needed with mail.existingSecret" $values.mail.from | quote }}
{{- end }}
{{- range $name, $value := $values.settings }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{- define "hanse.environmentFrom" -}}
{{- with .root.Values.objects.existingSecret }}
envFrom:
  - secretRef: {name: {{ . }}}
{{- end }}
{{- end }}

{{- define "hanse.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end }}

{{/* What every container that runs Hanse's own code has. */}}
{{- define "hanse.process" -}}
image: {{ include "hanse.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
env:
  {{- include "hanse.environment" . | nindent 2 }}
{{- include "hanse.environmentFrom" . }}
{{ include "hanse.containerSecurity" . }}
volumeMounts:
  - {name: run, mountPath: /run/hanse}
  - {name: tmp, mountPath: /tmp}
{{- end }}

{{- define "hanse.volumes" -}}
volumes:
  - name: run
    emptyDir: {}
  - name: tmp
    emptyDir: {}
{{- end }}

{{- define "hanse.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  seccompProfile: {type: RuntimeDefault}
{{- end }}

{{/* Where pods of a component stand. */}}
{{- define "hanse.placement" -}}
{{- $values := .root.Values -}}
{{- with $values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with $values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if $values.topologySpread.enabled }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: {{ $values.topologySpread.topologyKey }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "hanse.selector" . | nindent 8 }}
{{- end }}
{{- end }}

{{- define "hanse.podMetadata" -}}
labels:
  {{- include "hanse.labels" . | nindent 2 }}
  {{- with .root.Values.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- if or .configuration .root.Values.podAnnotations }}
annotations:
  {{- /* Read once, when the process starts: another configuration is another pod. */}}
  {{- with .configuration }}
  checksum/configuration: {{ sha256sum . | trunc 16 | quote }}
  {{- end }}
  {{- with .root.Values.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end }}

{{/*
The Deployment of a process of the portal. Takes root, component, role, command (a list), settings (its values), and
optionally port, probe (a path), grace (seconds), strategy.
*/}}
{{- define "hanse.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "hanse.metadata" . | nindent 2 }}
spec:
  {{- if not (or (dig "autoscaling" "enabled" false .settings) .scaled) }}
  replicas: {{ .replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  {{- with .strategy }}
  strategy: {type: {{ . }}}
  {{- end }}
  selector:
    matchLabels:
      {{- include "hanse.selector" . | nindent 6 }}
  template:
    metadata:
      {{- include "hanse.podMetadata" . | nindent 6 }}
    spec:
      serviceAccountName: {{ include "hanse.serviceAccount" .root }}
      {{- include "hanse.podSecurity" . | nindent 6 }}
      {{- include "hanse.placement" . | nindent 6 }}
      terminationGracePeriodSeconds: {{ .grace | default 30 }}
      initContainers:
        # A plain wait instead of a hook: hooks and `--wait` dead-lock one another.
        - name: wait-for-migrations
          {{- include "hanse.process" . | nindent 10 }}
          command: [sh, -c, "until python manage.py migrate --check; do sleep 2; done"]
          resources:
            requests: {cpu: 50m, memory: 128Mi}
            limits: {memory: 256Mi}
      containers:
        - name: {{ .process }}
          {{- include "hanse.process" . | nindent 10 }}
          command: {{ .command | toJson }}
          {{- with .port }}
          ports:
            - {name: http, containerPort: {{ . }}}
          {{- end }}
          {{- if .port }}
          startupProbe:
            httpGet: &alive {path: /healthz, port: http, httpHeaders: [{name: Host, value: {{ include "hanse.name" .root }}-proxy}]}
            periodSeconds: 2
            failureThreshold: 60
          livenessProbe:
            httpGet: *alive
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            httpGet: {path: {{ .ready | quote }}, port: http, httpHeaders: [{name: Host, value: {{ include "hanse.name" .root }}-proxy}]}
            periodSeconds: 5
            timeoutSeconds: 5
          lifecycle:
            # Until the proxy has heard that this pod is going, it still sends requests.
            preStop: {exec: {command: [sleep, "5"]}}
          {{- end }}
          resources:
            {{- toYaml .settings.resources | nindent 12 }}
      {{- include "hanse.volumes" . | nindent 6 }}
{{- end }}

{{- define "hanse.dns" -}}
- ports:
    - {port: 53, protocol: UDP}
    - {port: 53, protocol: TCP}
{{- end }}
{{- define "hanse.elsewhere" -}}
- ports:
    {{- range . }}
    - {port: {{ . }}, protocol: TCP}
    {{- end }}
{{- end }}

{{- define "hanse.migration" -}}
spec:
  backoffLimit: 6
  activeDeadlineSeconds: 3600
  ttlSecondsAfterFinished: 86400
  template:
    metadata:
      {{- include "hanse.podMetadata" . | nindent 6 }}
    spec:
      restartPolicy: OnFailure
      serviceAccountName: {{ include "hanse.serviceAccount" .root }}
      {{- include "hanse.podSecurity" . | nindent 6 }}
      {{- include "hanse.placement" . | nindent 6 }}
      containers:
        - name: migrate
          {{- include "hanse.process" . | nindent 10 }}
          command: [python, manage.py, migrate, --no-input]
          resources:
            {{- toYaml .root.Values.migrations.resources | nindent 12 }}
      {{- include "hanse.volumes" . | nindent 6 }}
{{- end }}
