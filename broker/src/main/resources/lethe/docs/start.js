// Requests need a device's signature, so there is nothing to try out from here.
SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#interface",
  validatorUrl: null,
  supportedSubmitMethods: [],
});
