"""Calls of the vendor's SDK for Python (PyPI `onlyfans`), against the server whose URL is the argument."""

import sys

from onlyfansapi import OnlyFansAPI

client = OnlyFansAPI(api_key=sys.argv[2], base_url=sys.argv[1], max_retries=0)
client.authenticate.start(
    auth_type="email_password", email="a@example.com", password="p w", proxy_country="us", force_connect=True
)
client.authenticate.start(
    auth_type="raw_data",
    auth_id="1",
    cookies="a=b; c=d",
    xbc="x",
    user_agent="agent",
    custom_proxy={"host": "proxy.example.com", "port": 8080, "username": "u", "password": "p"},
)
client.authenticate.poll_status("auth_1")
client.authenticate.submit_2fa("auth_1", code="123456")
client.authenticate.submit_2fa("auth_1", selfie_verification_completed=True)
client.authenticate.send_2fa_email("auth_1")
client.authenticate.reauthenticate("acct_1")
client.fans.list_all("acct_1", limit=50, offset=100, query="ä b", type="all", filter={"online": 1})
client.chats.messages.send(
    "123", account="acct_1", text="hi", price=4.99, media_files=["ofapi_media_1"], idempotency_key="k"
)
client.chats.messages.send("123", account="acct_1", text="hi", price=5, idempotency_key="k")
client.media.upload("acct_1", file=("a.txt", b"content", "text/plain"), type="avatar")
client.media.upload("acct_1", file=("a.txt", b"content", "text/plain"), async_=True)
client.chats.messages.send(
    "123",
    account="acct_1",
    text="hi",
    giphy_id="g1",
    rf_tag=[1, 2],
    rf_guest=[3],
    rf_partner=[4],
    block_banned_words="risky",
    idempotency_key="k",
)
# What goes out in another way: docs/wire.md.
client.authenticate.poll_status("a&=:@ é/b")
client.media.download("https://cdn.example.com/a?b=c&d", account="acct_1")
