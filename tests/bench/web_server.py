"""nginx with the collector's own TLS, answering the same requests out of nothing: what the network and TLS alone cost."""

import os
import subprocess

from programs import free_port

ANSWER_BYTES = 220  # as the collector's outcome of one envelope has
CONFIGURATION = """
daemon off;
worker_processes 2;
pid {folder}/pid;
error_log {folder}/errors;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  client_max_body_size 16m; client_body_buffer_size 16m;
  keepalive_requests 10000000; keepalive_timeout 600;
  ssl_certificate {folder}/server.pem; ssl_certificate_key {folder}/server.key;
  ssl_client_certificate {authority}; ssl_verify_client {asks_whom}; ssl_protocols TLSv1.3;
  server {{ listen 127.0.0.1:{port} ssl; location / {{ {answer} }} }}
}}
"""


def start_web_server(stand):
    """For kiosks, with their certificates. Its port."""
    return start(stand, "on", "return 200 \"" + "x" * ANSWER_BYTES + "\";")


def start_file_server(stand, files):
    """For people, without certificates: files by their names, each of so many bytes. Its port."""
    folder = stand.folder / "files"
    folder.mkdir()
    for name, size in files.items():
        (folder / name).write_bytes(b"x" * size)
    return start(stand, "off", f"root {folder};")


def start(stand, asks_whom, answer):
    folder, keys, port = stand.folder / "nginx", stand.folder / "collector" / "keys", free_port()
    folder.mkdir()
    make_certificate(folder, keys)
    text = CONFIGURATION.format(folder=folder, authority=keys / "authority.pem", port=port, asks_whom=asks_whom,
                                answer=answer)
    if os.geteuid() == 0:
        text = "user root;" + text  # it may read the folder
    (folder / "nginx.conf").write_text(text)
    stand.processes.start("nginx", ["/usr/sbin/nginx", "-e", folder / "errors", "-c", folder / "nginx.conf"])
    stand.processes.wait_until("nginx listens", lambda: (folder / "pid").exists(), "nginx")
    return port


def make_certificate(folder, keys):
    """Of the collector's authority: its kiosks trust no other."""
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n")
    for command in (
            ["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "server.key"],
            ["req", "-new", "-key", "server.key", "-subj", "/CN=nginx", "-out", "request"],
            ["x509", "-req", "-in", "request", "-CA", keys / "authority.pem", "-CAkey", keys / "authority.key", "-days",
             "2", "-extfile", "names", "-out", "server.pem"]):
        subprocess.run(["openssl", *map(str, command)], cwd=folder, check=True, capture_output=True)
