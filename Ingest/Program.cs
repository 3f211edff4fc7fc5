using FlickStream.Ingest;
using FlickStream.Platform;
using FlickStream.Platform.Http;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform().AddIngest();

var app = builder.Build();
app.UsePlatform();
app.MapIngest();
app.Run();
