using FlickStream.Ingest;
using FlickStream.Origin;
using FlickStream.Platform;
using FlickStream.Platform.Http;
using FlickStream.Portal;
using FlickStream.Transcoder;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(PlatformHosting.Standalone);
builder.AddIngest().AddTranscoder().AddOrigin().AddPortal();

var app = builder.Build();
app.UsePlatform();
app.MapIngest().MapTranscoder().MapOrigin().MapPortal();
app.Run();
