using Amazon.CDK;
using FlickStream.Aws;

var app = new App();
var file = app.Node.TryGetContext("settings") as string ?? "settings.json";
var (settings, errors) = SettingsFile.Read(file);
if (settings is null)
{
    foreach (var error in errors) Console.Error.WriteLine(error);
    return 1;
}

_ = new FlickStreamStack(app, "FlickStream", settings, new StackProps
{
    Description = "Buckets, distribution and roles of FlickStream.",
    Env = new Amazon.CDK.Environment
    {
        Account = System.Environment.GetEnvironmentVariable("CDK_DEFAULT_ACCOUNT"),
        Region = System.Environment.GetEnvironmentVariable("CDK_DEFAULT_REGION"),
    },
});
app.Synth();
return 0;
