package shop;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdk_secure_serverless.AlarmRecipient;
import io.github.cdk_secure_serverless.ApiAuth;
import io.github.cdk_secure_serverless.ApiThrottle;
import io.github.cdk_secure_serverless.AppClientOptions;
import io.github.cdk_secure_serverless.BucketAccessOptions;
import io.github.cdk_secure_serverless.EnforceOptions;
import io.github.cdk_secure_serverless.ResourceServerOptions;
import io.github.cdk_secure_serverless.RouteOptions;
import io.github.cdk_secure_serverless.RouteParameter;
import io.github.cdk_secure_serverless.RouteParameterOptions;
import io.github.cdk_secure_serverless.SecureApi;
import io.github.cdk_secure_serverless.SecureBucket;
import io.github.cdk_secure_serverless.SecureNodejsFunction;
import io.github.cdk_secure_serverless.SecureResourceServer;
import io.github.cdk_secure_serverless.SecureTable;
import io.github.cdk_secure_serverless.SecureUserPool;
import io.github.cdk_secure_serverless.SecurityProfile;
import io.github.cdk_secure_serverless.ServerlessSecurity;
import io.github.cdk_secure_serverless.SignInDomain;
import io.github.cdk_secure_serverless.SignUp;
import io.github.cdk_secure_serverless.StackAlarmTopic;
import io.github.cdk_secure_serverless.StackDashboard;
import io.github.cdk_secure_serverless.ThreatProtection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.cognito.OAuthScope;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.constructs.Construct;

/** The stack of ../lib/orders-stack.ts, from Java. The handlers stay in TypeScript: esbuild must be on the PATH, it bundles them at synthesis. */
public final class OrdersApp {
  /** The folder of the example: the tool that starts the app says so, or it is the one above. */
  private static final Path HERE = Path.of(System.getProperty("shop.home", "..")).toAbsolutePath().normalize();

  /** A small shop's backend: customers place orders and read their own; receipts go into a bucket. */
  private static final class OrdersStack extends Stack {
    OrdersStack(final Construct scope, final String id, final StackProps props) throws IOException {
      super(scope, id, props);
      StackAlarmTopic.notify(this, AlarmRecipient.email("oncall@example.com"));
      StackDashboard.of(this);

      final SecureUserPool customers = SecureUserPool.Builder.create(this, "Customers")
          .signUp(SignUp.open("a shop: customers register themselves, and prove their address first"))
          .threatProtection(ThreatProtection.full())
          .domain(SignInDomain.prefix("orders-api-" + getAccount()))
          .build();
      final SecureResourceServer scopes = customers.addApi("Scopes", ResourceServerOptions.builder()
          .identifier("orders").scopes(Map.of("read", "See own orders", "write", "Place orders")).build());
      customers.addAppClient("Web", AppClientOptions.builder()
          .callbackUrls(List.of("https://shop.example.com/signed-in"))
          .logoutUrls(List.of("https://shop.example.com/signed-out"))
          .scopes(List.of(OAuthScope.OPENID, scopes.scope("read"), scopes.scope("write")))
          .build());

      final SecureTable orders = SecureTable.Builder.create(this, "OrdersTable")
          .partitionKey(Attribute.builder().name("customerId").type(AttributeType.STRING).build())
          .sortKey(Attribute.builder().name("orderId").type(AttributeType.STRING).build())
          .build();
      final SecureBucket receipts = new SecureBucket(this, "Receipts");

      final SecureNodejsFunction placeOrder = SecureNodejsFunction.Builder.create(this, "PlaceOrder")
          .entry(handler("place-order"))
          .environment(Map.of("ORDERS_TABLE", orders.getTableName(), "RECEIPTS_BUCKET", receipts.getBucketName()))
          .build();
      orders.allowAppend(placeOrder);
      receipts.allowWrite(placeOrder, BucketAccessOptions.builder().prefix("receipts/").build());

      final SecureNodejsFunction readOrders = SecureNodejsFunction.Builder.create(this, "ReadOrders")
          .entry(handler("read-orders")).environment(Map.of("ORDERS_TABLE", orders.getTableName())).build();
      orders.allowRead(readOrders);

      final SecureNodejsFunction health = SecureNodejsFunction.Builder.create(this, "Health").entry(handler("health")).build();

      final SecureApi api = SecureApi.Builder.create(this, "Api").auth(ApiAuth.userPool(customers)).build();
      api.addRoute("POST", "/orders", placeOrder, RouteOptions.builder()
          .scopes(List.of(scopes.scopeName("write")))
          .body(orderSchema())
          .throttle(ApiThrottle.builder().rate(50).burst(25).build())
          .build());
      api.addRoute("GET", "/orders", readOrders, RouteOptions.builder()
          .scopes(List.of(scopes.scopeName("read")))
          .parameters(List.of(RouteParameter.query("after", RouteParameterOptions.builder()
              .required(false).description("The last order of the page before").build())))
          .build());
      api.addRoute("GET", "/orders/{id}", readOrders, RouteOptions.builder().scopes(List.of(scopes.scopeName("read"))).build());
      api.addRoute("GET", "/health", health, RouteOptions.builder()
          .auth(ApiAuth.open("the uptime monitor calls it; it reads nothing and returns no data")).build());
    }
  }

  private static String handler(final String name) {
    return HERE.resolve("src").resolve(name + ".ts").toString();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> orderSchema() throws IOException {
    return new ObjectMapper().readValue(Files.readString(HERE.resolve("schemas/order-request.json")), Map.class);
  }

  public static void main(final String[] args) throws IOException {
    final App app = new App();
    ServerlessSecurity.of(app).enforce(EnforceOptions.builder().profile(SecurityProfile.production()).build());
    new OrdersStack(app, "Orders", StackProps.builder().description("Orders of a small shop").build());
    app.synth();
  }

  private OrdersApp() {
  }
}
