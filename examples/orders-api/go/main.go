// The stack of ../lib/orders-stack.ts, from Go. The handlers stay in TypeScript: esbuild must be on the PATH, it bundles them at synthesis.
package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscognito"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	secure "github.com/cdk-secure-serverless/cdk-secure-serverless-go/cdksecureserverless"
)

func folder(parts ...string) string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(append([]string{filepath.Dir(file), ".."}, parts...)...)
}

func handler(name string) *string {
	return jsii.String(folder("src", name+".ts"))
}

func orderSchema() *map[string]interface{} {
	text, err := os.ReadFile(folder("schemas", "order-request.json"))
	if err != nil {
		panic(err)
	}
	var schema map[string]interface{}
	if err := json.Unmarshal(text, &schema); err != nil {
		panic(err)
	}
	return &schema
}

// newOrdersStack is a small shop's backend: customers place orders and read their own; receipts go into a bucket.
func newOrdersStack(scope constructs.Construct, id string, props *awscdk.StackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, props)
	secure.StackAlarmTopic_Notify(stack, secure.AlarmRecipient_Email(jsii.String("oncall@example.com")))
	secure.StackDashboard_Of(stack)

	customers := secure.NewSecureUserPool(stack, jsii.String("Customers"), &secure.SecureUserPoolProps{
		SignUp:           secure.SignUp_Open(jsii.String("a shop: customers register themselves, and prove their address first")),
		ThreatProtection: secure.ThreatProtection_Full(),
		Domain:           secure.SignInDomain_Prefix(jsii.String("orders-api-" + *stack.Account())),
	})
	scopes := customers.AddApi(jsii.String("Scopes"), &secure.ResourceServerOptions{
		Identifier: jsii.String("orders"),
		Scopes:     &map[string]*string{"read": jsii.String("See own orders"), "write": jsii.String("Place orders")},
	})
	customers.AddAppClient(jsii.String("Web"), &secure.AppClientOptions{
		CallbackUrls: jsii.Strings("https://shop.example.com/signed-in"),
		LogoutUrls:   jsii.Strings("https://shop.example.com/signed-out"),
		Scopes:       &[]awscognito.OAuthScope{awscognito.OAuthScope_OPENID(), scopes.Scope(jsii.String("read")), scopes.Scope(jsii.String("write"))},
	})

	orders := secure.NewSecureTable(stack, jsii.String("OrdersTable"), &secure.SecureTableProps{
		PartitionKey: &awsdynamodb.Attribute{Name: jsii.String("customerId"), Type: awsdynamodb.AttributeType_STRING},
		SortKey:      &awsdynamodb.Attribute{Name: jsii.String("orderId"), Type: awsdynamodb.AttributeType_STRING},
	})
	receipts := secure.NewSecureBucket(stack, jsii.String("Receipts"), nil)

	placeOrder := secure.NewSecureNodejsFunction(stack, jsii.String("PlaceOrder"), &secure.SecureNodejsFunctionProps{
		Entry:       handler("place-order"),
		Environment: &map[string]*string{"ORDERS_TABLE": orders.TableName(), "RECEIPTS_BUCKET": receipts.BucketName()},
	})
	orders.AllowAppend(placeOrder, nil)
	receipts.AllowWrite(placeOrder, &secure.BucketAccessOptions{Prefix: jsii.String("receipts/")})

	readOrders := secure.NewSecureNodejsFunction(stack, jsii.String("ReadOrders"), &secure.SecureNodejsFunctionProps{
		Entry:       handler("read-orders"),
		Environment: &map[string]*string{"ORDERS_TABLE": orders.TableName()},
	})
	orders.AllowRead(readOrders, nil)

	health := secure.NewSecureNodejsFunction(stack, jsii.String("Health"), &secure.SecureNodejsFunctionProps{Entry: handler("health")})

	api := secure.NewSecureApi(stack, jsii.String("Api"), &secure.SecureApiProps{Auth: secure.ApiAuth_UserPool(customers, nil)})
	api.AddRoute(jsii.String("POST"), jsii.String("/orders"), placeOrder, &secure.RouteOptions{
		Scopes:   &[]*string{scopes.ScopeName(jsii.String("write"))},
		Body:     orderSchema(),
		Throttle: &secure.ApiThrottle{Rate: jsii.Number(50), Burst: jsii.Number(25)},
	})
	api.AddRoute(jsii.String("GET"), jsii.String("/orders"), readOrders, &secure.RouteOptions{
		Scopes: &[]*string{scopes.ScopeName(jsii.String("read"))},
		Parameters: &[]secure.RouteParameter{secure.RouteParameter_Query(jsii.String("after"), &secure.RouteParameterOptions{
			Required: jsii.Bool(false), Description: jsii.String("The last order of the page before"),
		})},
	})
	api.AddRoute(jsii.String("GET"), jsii.String("/orders/{id}"), readOrders, &secure.RouteOptions{Scopes: &[]*string{scopes.ScopeName(jsii.String("read"))}})
	api.AddRoute(jsii.String("GET"), jsii.String("/health"), health, &secure.RouteOptions{
		Auth: secure.ApiAuth_Open(jsii.String("the uptime monitor calls it; it reads nothing and returns no data")),
	})
	return stack
}

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	secure.ServerlessSecurity_Of(app).Enforce(&secure.EnforceOptions{Profile: secure.SecurityProfile_Production()})
	newOrdersStack(app, "Orders", &awscdk.StackProps{Description: jsii.String("Orders of a small shop")})
	app.Synth(nil)
}
