{{/* As embedded/caddy.py, but for its addresses and for what stands in front. */}}
{{- define "hanse.caddyfile" -}}
{{- $name := include "hanse.name" . }}
{
	admin off
	auto_https off
	persist_config off
	log {
		level ERROR
	}
	servers {
		max_header_size 32KB
		timeouts {
			read_header 10s
			idle 5m
		}
		{{- if .Values.proxiesInFront }}
		trusted_proxies static private_ranges
		trusted_proxies_strict
		{{- end }}
	}
}

http://:8080 {
	encode zstd gzip
	header -Server
	@files path_regexp ^/api/v1/projects/[0-9a-f-]+/(code|volumes/[0-9a-f-]+/content)/$
	@others not path_regexp ^/api/v1/projects/[0-9a-f-]+/(code|volumes/[0-9a-f-]+/content)/$
	request_body @others {
		max_size 2MB
	}
	request_body @files {
		max_size 4GB
	}
	handle /proxy-is-alive {
		respond ok
	}
	# Prometheus asks each pod.
	handle /metrics {
		respond 404
	}
	handle /ws/exec/ {
		reverse_proxy {{ $name }}-gateway:8000 {
			lb_try_duration 5s
			header_down -Server
		}
	}
	# What waits is answered by the process that may: sockets, and the addresses of REST that hold their answer back.
	@waits path /ws/* /api/v1/events/ /api/v1/projects/*/*/*/wait/ /api/v1/projects/*/*/*/logs/follow/
	handle @waits {
		reverse_proxy {{ $name }}-live:8000 {
			lb_try_duration 5s
			header_down -Server
		}
	}
	handle {
		reverse_proxy {{ $name }}-web:8000 {
			lb_try_duration 10s
			lb_try_interval 100ms
			header_down -Server
		}
	}
	handle_errors 413 {
		header Content-Type application/problem+json
		respond `{"type":"/problems/too-large","title":"The request is too large","status":413,"detail":"At most 2 MB."}`
	}
	handle_errors {
		header Content-Type application/problem+json
		header Retry-After 2
		respond `{"type":"/problems/unavailable","title":"A system that this needs does not answer","status":503}` 503
	}
}
{{- end }}
