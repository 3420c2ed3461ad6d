using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using Amazon.CDK;
using Amazon.CDK.AWS.Cognito;
using Amazon.CDK.AWS.DynamoDB;
using CdkSecureServerless;
using Constructs;
using Newtonsoft.Json;

namespace Shop
{
    /// <summary>The stack of ../lib/orders-stack.ts, from C#. The handlers stay in TypeScript: esbuild must be on the PATH, it bundles them at synthesis.</summary>
    public static class OrdersApp
    {
        public static void Main()
        {
            var app = new App();
            ServerlessSecurity.Of(app).Enforce(new EnforceOptions { Profile = SecurityProfile.Production() });
            new OrdersStack(app, "Orders", new StackProps { Description = "Orders of a small shop" });
            app.Synth();
        }
    }

    /// <summary>A small shop's backend: customers place orders and read their own; receipts go into a bucket.</summary>
    internal sealed class OrdersStack : Stack
    {
        internal OrdersStack(Construct scope, string id, IStackProps props) : base(scope, id, props)
        {
            StackAlarmTopic.Notify(this, AlarmRecipient.Email("oncall@example.com"));
            StackDashboard.Of(this);

            var customers = new SecureUserPool(this, "Customers", new SecureUserPoolProps
            {
                SignUp = SignUp.Open("a shop: customers register themselves, and prove their address first"),
                ThreatProtection = ThreatProtection.Full(),
                Domain = SignInDomain.Prefix($"orders-api-{Account}"),
            });
            var scopes = customers.AddApi("Scopes", new ResourceServerOptions
            {
                Identifier = "orders",
                Scopes = new Dictionary<string, string> { ["read"] = "See own orders", ["write"] = "Place orders" },
            });
            customers.AddAppClient("Web", new AppClientOptions
            {
                CallbackUrls = new[] { "https://shop.example.com/signed-in" },
                LogoutUrls = new[] { "https://shop.example.com/signed-out" },
                Scopes = new[] { OAuthScope.OPENID, scopes.Scope("read"), scopes.Scope("write") },
            });

            var orders = new SecureTable(this, "OrdersTable", new SecureTableProps
            {
                PartitionKey = new Attribute { Name = "customerId", Type = AttributeType.STRING },
                SortKey = new Attribute { Name = "orderId", Type = AttributeType.STRING },
            });
            var receipts = new SecureBucket(this, "Receipts");

            var placeOrder = new SecureNodejsFunction(this, "PlaceOrder", new SecureNodejsFunctionProps
            {
                Entry = Handler("place-order"),
                Environment = new Dictionary<string, string> { ["ORDERS_TABLE"] = orders.TableName, ["RECEIPTS_BUCKET"] = receipts.BucketName },
            });
            orders.AllowAppend(placeOrder);
            receipts.AllowWrite(placeOrder, new BucketAccessOptions { Prefix = "receipts/" });

            var readOrders = new SecureNodejsFunction(this, "ReadOrders", new SecureNodejsFunctionProps
            {
                Entry = Handler("read-orders"),
                Environment = new Dictionary<string, string> { ["ORDERS_TABLE"] = orders.TableName },
            });
            orders.AllowRead(readOrders);

            var health = new SecureNodejsFunction(this, "Health", new SecureNodejsFunctionProps { Entry = Handler("health") });

            var api = new SecureApi(this, "Api", new SecureApiProps { Auth = ApiAuth.UserPool(customers) });
            api.AddRoute("POST", "/orders", placeOrder, new RouteOptions
            {
                Scopes = new[] { scopes.ScopeName("write") },
                Body = OrderSchema(),
                Throttle = new ApiThrottle { Rate = 50, Burst = 25 },
            });
            api.AddRoute("GET", "/orders", readOrders, new RouteOptions
            {
                Scopes = new[] { scopes.ScopeName("read") },
                Parameters = new[]
                {
                    RouteParameter.Query("after", new RouteParameterOptions { Required = false, Description = "The last order of the page before" }),
                },
            });
            api.AddRoute("GET", "/orders/{id}", readOrders, new RouteOptions { Scopes = new[] { scopes.ScopeName("read") } });
            api.AddRoute("GET", "/health", health, new RouteOptions
            {
                Auth = ApiAuth.Open("the uptime monitor calls it; it reads nothing and returns no data"),
            });
        }

        private static string Handler(string name) => Path.Combine(Home(), "src", name + ".ts");

        /// <summary>Newtonsoft.Json comes with jsii, which takes its objects and arrays as they are.</summary>
        private static IDictionary<string, object> OrderSchema()
        {
            var text = File.ReadAllText(Path.Combine(Home(), "schemas", "order-request.json"));
            return JsonConvert.DeserializeObject<Dictionary<string, object>>(text)!;
        }

        /// <summary>The folder of the example: the one above this file.</summary>
        private static string Home([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, ".."));
    }
}
