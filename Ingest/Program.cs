using FlickStream.Ingest;
using FlickStream.Platform;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform().AddIngest();

var app = builder.Build();
app.MapIngest();
app.Run();
