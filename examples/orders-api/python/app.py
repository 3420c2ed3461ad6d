"""The stack of ../lib/orders-stack.ts, from Python. The handlers stay in TypeScript: esbuild must be on the PATH, it bundles them at synthesis."""

import json
from pathlib import Path

from aws_cdk import App, Stack
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_dynamodb as dynamodb
from cdk_secure_serverless import (
    AlarmRecipient,
    ApiAuth,
    RouteParameter,
    ApiThrottle,
    SecureApi,
    SecureBucket,
    SecureNodejsFunction,
    SecureTable,
    SecureUserPool,
    SecurityProfile,
    ServerlessSecurity,
    SignInDomain,
    SignUp,
    StackAlarmTopic,
    StackDashboard,
    ThreatProtection,
)
from constructs import Construct

HERE = Path(__file__).resolve().parent.parent
ORDER_SCHEMA = json.loads((HERE / "schemas" / "order-request.json").read_text())


def handler(name: str) -> str:
    return str(HERE / "src" / f"{name}.ts")


class OrdersStack(Stack):
    """A small shop's backend: customers place orders and read their own; receipts go into a bucket."""

    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        StackAlarmTopic.notify(self, AlarmRecipient.email("oncall@example.com"))
        StackDashboard.of(self)

        customers = SecureUserPool(
            self, "Customers",
            sign_up=SignUp.open("a shop: customers register themselves, and prove their address first"),
            threat_protection=ThreatProtection.full(),
            domain=SignInDomain.prefix(f"orders-api-{self.account}"),
        )
        scopes = customers.add_api("Scopes", identifier="orders", scopes={"read": "See own orders", "write": "Place orders"})
        customers.add_app_client(
            "Web",
            callback_urls=["https://shop.example.com/signed-in"],
            logout_urls=["https://shop.example.com/signed-out"],
            scopes=[cognito.OAuthScope.OPENID, scopes.scope("read"), scopes.scope("write")],
        )

        orders = SecureTable(
            self, "OrdersTable",
            partition_key=dynamodb.Attribute(name="customerId", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="orderId", type=dynamodb.AttributeType.STRING),
        )
        receipts = SecureBucket(self, "Receipts")

        place_order = SecureNodejsFunction(
            self, "PlaceOrder",
            entry=handler("place-order"),
            environment={"ORDERS_TABLE": orders.table_name, "RECEIPTS_BUCKET": receipts.bucket_name},
        )
        orders.allow_append(place_order)
        receipts.allow_write(place_order, prefix="receipts/")

        read_orders = SecureNodejsFunction(
            self, "ReadOrders", entry=handler("read-orders"), environment={"ORDERS_TABLE": orders.table_name},
        )
        orders.allow_read(read_orders)

        health = SecureNodejsFunction(self, "Health", entry=handler("health"))

        api = SecureApi(self, "Api", auth=ApiAuth.user_pool(customers))
        api.add_route(
            "POST", "/orders", place_order,
            scopes=[scopes.scope_name("write")],
            body=ORDER_SCHEMA,
            throttle=ApiThrottle(rate=50, burst=25),
        )
        api.add_route(
            "GET", "/orders", read_orders,
            scopes=[scopes.scope_name("read")],
            parameters=[RouteParameter.query("after", required=False, description="The last order of the page before")],
        )
        api.add_route("GET", "/orders/{id}", read_orders, scopes=[scopes.scope_name("read")])
        api.add_route(
            "GET", "/health", health,
            auth=ApiAuth.open("the uptime monitor calls it; it reads nothing and returns no data"),
        )


app = App()
ServerlessSecurity.of(app).enforce(profile=SecurityProfile.production())
OrdersStack(app, "Orders", description="Orders of a small shop")
app.synth()
